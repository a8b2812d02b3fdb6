{# Tables and views are made beside what is there and take its place, as dbt does it, but in one statement of one
   transaction: dbt renames twice and drops by macros of their own, which cost more than most of the models. #}
{% materialization table, adapter="duckdb" %}
    {{ return(swapped_in('table', create_table_as(false, make_intermediate_relation(this), compiled_code))) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {{ return(swapped_in('view', get_create_view_as_sql(make_intermediate_relation(this), compiled_code))) }}
{% endmaterialization %}

{% macro swapped_in(kind, create) %}
    {%- set there = load_cached_relation(this) -%}
    {% call statement('main') -%}
        {{ create }};
        {% if there is not none %}drop {{ there.type }} {{ there }};{% endif %}
        alter {{ kind }} {{ make_intermediate_relation(this) }} rename to {{ this.identifier }}
    {%- endcall %}
    {{ adapter.commit() }}
    {{ return({'relations': [this.incorporate(type=kind)]}) }}
{% endmacro %}
