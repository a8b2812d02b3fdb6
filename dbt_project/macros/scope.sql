{# Whether an item of an export declaration is in scope: no oil or gas, and of Indonesian origin. Where a declaration
   says neither, it is. #}
{% macro is_in_scope(row) -%}
    (not coalesce({{ row }}.is_oil_gas, false) and coalesce({{ row }}.origin_country_code, 'ID') = 'ID')
{%- endmacro %}
