{# Whether everything is built from all rows. Otherwise only documents that changed since the last release are taken
   out and put in again, and the aggregates of the city-months they stood in or stand in now.
   lumbung/transform/changes.py decides which, and runs a whole build with --full-refresh. #}
{% macro is_whole_build() -%}
    {%- do return(flags.FULL_REFRESH) -%}
{%- endmacro %}

{# A model as the run before left it, for a model that runs before it: a ref would be a circle. #}
{% macro as_built_before(schema, name) -%}
    {%- do return(adapter.get_relation(database=target.database, schema=schema, identifier=name)) -%}
{%- endmacro %}
