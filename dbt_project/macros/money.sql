{# 128 bits hold no product of two absurd numbers, and a product that overflows stops the run before a gate has
   named its row. So what is beyond the bounds below is null, by CASE: DuckDB takes what is computed twice out of
   TRY, and then raises all the same (2.0.0). #}

{# An amount at a rate of numerator / denominator, rounded once, half up, to two decimals. Null where the amount or
   the rate is too large to be one, or the denominator is nought.
   Amounts below a thousand million at usual rates fit 64 bits, which is some four times as fast as 128. #}
{% macro convert_money(amount, numerator, denominator) -%}
    case
        when abs({{ amount }}) < 1000000000 and {{ numerator }} < 10000000 and {{ denominator }} between 1 and 999999999999999
            then {{ cents_to_money(divide_exactly(
                'cast(cast(' ~ amount ~ ' as decimal(18, 2)) * 100 as bigint) * cast(' ~ numerator ~ ' as bigint)',
                'cast(' ~ denominator ~ ' as bigint)')) }}
        when
            abs({{ amount }}) < 1000000000000000000
            and {{ numerator }} < 100000000000000000
            and {{ denominator }} between 1 and {{ as_integer("'1000000000000000000000000000000'") }}
            then {{ cents_to_money(divide_exactly(
                as_integer(amount ~ ' * 100') ~ ' * ' ~ as_integer(numerator), as_integer(denominator))) }}
    end
{%- endmacro %}

{# A row's amount in US dollars: as stated, or by the rate joined to it (CTE `rates`: usd_numerator, usd_denominator,
   rate_date, of the rule's source). Null without a rate. #}
{% macro dollars(row, amount) -%}
    {%- set stated = row ~ '.' ~ amount -%}
    case
        when {{ row }}.currency = 'USD' then {{ try_decimal(stated, 18, 2) }}
        when rates.rate_date is not null
            then {{ convert_money(stated, 'rates.usd_numerator', 'rates.usd_denominator') }}
    end
{%- endmacro %}

{# Cents become money by a product of decimals, which is exact. An item of over ten thousand million million is
   no amount: it becomes null, and is counted as an item without a rate. #}
{% macro cents_to_money(cents) -%}
    {{ try_decimal('try_cast(' ~ cents ~ ' as decimal(20, 0)) * cast(0.01 as decimal(2, 2))', 18, 2) }}
{%- endmacro %}

{# 100 * (current - base) / base to two decimals, half up; the base is above zero. Null where 24 digits are too few. #}
{% macro growth_percent(base, current) -%}
    {{ try_decimal('cast(' ~ divide_exactly(
        as_integer('(' ~ current ~ ' - ' ~ base ~ ') * 100') ~ ' * 10000', as_integer(base ~ ' * 100')
    ) ~ ' as decimal(30, 0)) * cast(0.01 as decimal(2, 2))', 24, 2) }}
{%- endmacro %}

{# What cities are ranked by: growth to twenty decimals, so that only equal growth ties; without decimals, and a
   million million million at most, where the change is too large for 128 bits. The base is above zero. #}
{% macro growth_to_rank_by(base, current) -%}
    {%- set change = as_integer('(' ~ current ~ ' - ' ~ base ~ ') * 100') -%}
    {%- set base_cents = as_integer(base ~ ' * 100') -%}
    {%- set twenty_decimals = as_integer("'100000000000000000000'") -%}
    case
        when abs({{ current }} - {{ base }}) < 8000000000000000
            then {{ divide_exactly(change ~ ' * ' ~ twenty_decimals, base_cents) }}
        when {{ base }} is not null and {{ current }} is not null
            then least({{ divide_exactly(change, base_cents) }}, 1000000000000000000) * {{ twenty_decimals }}
    end
{%- endmacro %}

{# Rupiah by the declared rate of four decimals, rounded once, half up. Null where either is too large to be one. #}
{% macro rupiah(amount, ndpbm) -%}
    case
        when abs({{ amount }}) < 10000000 and {{ ndpbm }} < 100000
            then {{ cents_to_money(divide_exactly(
                'cast(cast(' ~ amount ~ ' as decimal(18, 2)) * 100 as bigint) '
                ~ '* cast(cast(' ~ ndpbm ~ ' as decimal(18, 4)) * 10000 as bigint)', '10000')) }}
        when abs({{ amount }}) < 1000000000000000000 and {{ ndpbm }} < 10000000000000
            then {{ cents_to_money(divide_exactly(
                as_integer(amount ~ ' * 100') ~ ' * ' ~ as_integer(ndpbm ~ ' * 10000'), as_integer('10000'))) }}
    end
{%- endmacro %}

{# Ten thousandths as a rate of four decimals, exactly. #}
{% macro four_decimals(ten_thousandths) -%}
    {{ try_decimal('try_cast(' ~ ten_thousandths ~ ' as decimal(28, 0)) * cast(0.0001 as decimal(4, 4))', 24, 4) }}
{%- endmacro %}

{# Mid-point growth, 200 * (current - base) / (current + base) to two decimals, half up; their sum is above zero. #}
{% macro midpoint_growth_percent(base, current) -%}
    {{ try_decimal('cast(' ~ divide_exactly(
        as_integer('(' ~ current ~ ' - ' ~ base ~ ') * 100') ~ ' * 20000',
        as_integer('(' ~ current ~ ' + ' ~ base ~ ') * 100')
    ) ~ ' as decimal(30, 0)) * cast(0.01 as decimal(2, 2))', 24, 2) }}
{%- endmacro %}

{# As much of an amount as a part is of a whole, which is above zero; good to a thousand millionth of it. #}
{% macro like_share_of_money(amount, part, whole) -%}
    {%- set thousand_millions = as_integer('1000000000') -%}
    {{ cents_to_money(divide_exactly(
        in_cents(amount) ~ ' * ' ~ divide_exactly(in_cents(part) ~ ' * ' ~ thousand_millions, in_cents(whole)),
        thousand_millions)) }}
{%- endmacro %}
