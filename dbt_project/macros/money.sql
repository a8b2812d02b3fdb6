{# An amount at a rate of numerator / denominator, rounded once, half up, to two decimals.
   Amounts below a thousand million at usual rates fit 64 bits, which is some four times as fast as 128. #}
{% macro convert_money(amount, numerator, denominator) -%}
    case
        when abs({{ amount }}) < 1000000000 and {{ numerator }} < 10000000 and {{ denominator }} < 1000000000000000
            then {{ cents_to_money(divide_exactly(
                'cast(cast(' ~ amount ~ ' as decimal(18, 2)) * 100 as bigint) * cast(' ~ numerator ~ ' as bigint)',
                'cast(' ~ denominator ~ ' as bigint)')) }}
        else {{ cents_to_money(divide_exactly(
            as_integer(amount ~ ' * 100') ~ ' * ' ~ as_integer(numerator), as_integer(denominator))) }}
    end
{%- endmacro %}

{# Cents become money by a product of decimals, which is exact. An item of over ten thousand million million is
   no amount: it becomes null, and is counted as an item without a rate. #}
{% macro cents_to_money(cents) -%}
    {{ try_decimal('try_cast(' ~ cents ~ ' as decimal(20, 0)) * cast(0.01 as decimal(2, 2))', 18, 2) }}
{%- endmacro %}

{# 100 * (current - base) / base to two decimals, half up; the base is above zero. #}
{% macro growth_percent(base, current) -%}
    cast(
        cast({{ divide_exactly(
            as_integer('(' ~ current ~ ' - ' ~ base ~ ') * 100') ~ ' * 10000', as_integer(base ~ ' * 100')
        ) }} as decimal(30, 0)) * cast(0.01 as decimal(2, 2)) as decimal(24, 2)
    )
{%- endmacro %}

{# What cities are ranked by: growth to twenty decimals, so that only equal growth ties. #}
{% macro growth_to_rank_by(base, current) -%}
    {{ divide_exactly(
        as_integer('(' ~ current ~ ' - ' ~ base ~ ') * 100') ~ ' * ' ~ as_integer("'100000000000000000000'"),
        as_integer(base ~ ' * 100')) }}
{%- endmacro %}

{# Rupiah by the declared rate of four decimals, rounded once, half up. #}
{% macro rupiah(amount, ndpbm) -%}
    case
        when abs({{ amount }}) < 10000000 and {{ ndpbm }} < 100000
            then {{ cents_to_money(divide_exactly(
                'cast(cast(' ~ amount ~ ' as decimal(18, 2)) * 100 as bigint) '
                ~ '* cast(cast(' ~ ndpbm ~ ' as decimal(18, 4)) * 10000 as bigint)', '10000')) }}
        else {{ cents_to_money(divide_exactly(
            as_integer(amount ~ ' * 100') ~ ' * ' ~ as_integer(ndpbm ~ ' * 10000'), as_integer('10000'))) }}
    end
{%- endmacro %}
