{# 100 * part / whole to two decimals, rounded down, so that 100.00 says all of them; null where there is nothing. #}
{% macro percent_short_of_all(part, whole) -%}
    cast(
        cast({{ rounded_down(part ~ ' * 10000', 'nullif(' ~ whole ~ ', 0)') }} as decimal(9, 0))
        * cast(0.01 as decimal(2, 2)) as decimal(5, 2)
    )
{%- endmacro %}
