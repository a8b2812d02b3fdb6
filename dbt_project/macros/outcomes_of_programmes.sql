{# What the figures on programmes are made with: "Outcomes of programmes" in docs/method.md. #}

{# Months after time zero within which an export counts. #}
{% macro outcome_horizons() -%}
    {%- do return([6, 12, 24]) -%}
{%- endmacro %}

{# Months without exports before time zero that make an export the first one. #}
{% macro months_before_first_export() -%}
    {%- do return(24) -%}
{%- endmacro %}

{# How many of the last months there are don't count as final: late documents still come. #}
{% macro months_not_final() -%}
    {%- do return(1) -%}
{%- endmacro %}

{# Whether a count is small enough to tell of single businesses. #}
{% macro is_small_count(count) -%}
    {{ count }} in (1, 2)
{%- endmacro %}

{# The median of amounts in dollars with cents, half a cent up: of an odd number the one in the middle, of an even one
   half of the two. Each row has its place by the amount and how many there are. #}
{% macro median_of(amount, place, members) -%}
    {%- set middle = 'sum(' ~ amount ~ ') filter (where 2 * ' ~ place ~ ' in (' ~ members ~ ', ' ~ members ~ ' + 1, '
        ~ members ~ ' + 2))' -%}
    cast(
        {{ cents_to_money(divide_exactly(
            as_integer(middle ~ ' * 100'), 'case when max(' ~ members ~ ') % 2 = 0 then 2 else 1 end')) }}
        as decimal(24, 2)
    )
{%- endmacro %}
