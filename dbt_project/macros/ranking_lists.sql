{# The columns that tell one list apart, with commas between. #}
{% macro list_columns() -%}
    rule_name, rule_version, basis, is_synthetic, province_code, year, through_month
{%- endmacro %}

{# Both are rows of one list. #}
{% macro same_list(one, other) -%}
    {%- for column in list_columns().split(', ') -%}
    {{ one }}.{{ column }} = {{ other }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
