{# The id of a business that nobody resolved to be the same as another: made of its party alone, as the registry makes
   it (lumbung/identity/registry.py), so that both agree. #}
{% macro lone_ikm_id(party_key) -%}
    concat('ikm_', left(md5({{ party_key }}), 15))
{%- endmacro %}
