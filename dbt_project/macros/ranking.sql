{# Whether the delivery of a month is expected: `to_month` is the last one, empty while there is no end. #}
{% macro is_expected(expectation, month) -%}
    ({{ month }} >= {{ expectation }}.from_month and {{ month }} <= coalesce({{ expectation }}.to_month, {{ month }}))
{%- endmacro %}

{# What the windows of a ranking add up, as int_ranking__placed_months names it. #}
{% macro ranked_measures() -%}
    {%- do return([
        'fob_usd', 'fob_usd_by_other_rates', 'fob_idr', 'net_weight_kg', 'items', 'items_without_usd',
        'items_without_usd_by_other_rates', 'items_without_idr', 'items_without_kg', 'items_without_rate',
        'items_without_rate_by_other_rates']) -%}
{%- endmacro %}

{# Those of them that growth may be of. #}
{% macro ranked_amounts() -%}
    {%- do return(ranked_measures()[:4]) -%}
{%- endmacro %}

{# Columns that tell one window of one place apart: lists of several rules may share it. #}
{% macro window_columns() -%}
    {%- do return(['basis', 'is_synthetic', 'place', 'window_kind', 'province_code', 'year', 'through_month']) -%}
{%- endmacro %}

{# A column of dollars by the rule's own rate source: facts have theirs, the other one stands beside it. #}
{% macro by_rate_source(column) -%}
    case when lists.is_of_facts_rates then {{ column }} else {{ column }}_by_other_rates end
{%- endmacro %}

{# What growth is of, by the rule's measure: to two decimals, kilograms too. #}
{% macro in_measure(prefix) -%}
    cast(case lists.measure
        when 'fob_idr' then {{ prefix }}_fob_idr
        when 'net_weight_kg' then {{ prefix }}_net_weight_kg
        else {{ by_rate_source(prefix ~ '_fob_usd') }}
    end as decimal(38, 2))
{%- endmacro %}

{# Items that state no amount in the measure at all; those that state one without a rate are counted apart. #}
{% macro items_without_amount(prefix) -%}
    case lists.measure
        when 'fob_idr' then {{ prefix }}_items_without_idr
        when 'net_weight_kg' then {{ prefix }}_items_without_kg
        else {{ by_rate_source(prefix ~ '_items_without_usd') }} - {{ by_rate_source(prefix ~ '_items_without_rate') }}
    end
{%- endmacro %}

{# How much of a window is seen, in percent to two decimals: the share of the city's items whose stated amount counts,
   times the share of the province's items that state one, times the share of the province's dollars that have a city,
   its part of those of no known place among them. Of nothing, all is seen. #}
{% macro coverage_percent(side) -%}
    cast(cast({{ divide_exactly(
        millionths_of(side ~ '_items - ' ~ side ~ '_items_without_rate', side ~ '_items')
        ~ ' * ' ~ millionths_of(
            'province_' ~ side ~ '_items - province_' ~ side ~ '_items_without_amount', 'province_' ~ side ~ '_items')
        ~ ' * ' ~ millionths_of(
            in_cents('province_' ~ side ~ '_placed_usd'), in_cents('province_' ~ side ~ '_usd')),
        as_integer("'100000000000000'")
    ) }} as decimal(30, 0)) * cast(0.01 as decimal(2, 2)) as decimal(9, 2))
{%- endmacro %}

{# A share of two integers in millionths; of nothing, the whole. #}
{% macro millionths_of(part, whole) -%}
    case
        when {{ whole }} > 0 then {{ divide_exactly(as_integer(part) ~ ' * 1000000', as_integer(whole)) }}
        else {{ as_integer('1000000') }}
    end
{%- endmacro %}

{# Both are of one window of one place. #}
{% macro same_window(one, other) -%}
    {%- for column in window_columns() -%}
    {{ one }}.{{ column }} = {{ other }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
