{# A row for each integer from 1 to a number of the row: what a cell that holds several things is taken apart by. #}
{% macro each_up_to(last) -%}
    {%- if execute and target.type == 'spark' -%}
        explode(sequence(1, {{ last }}))
    {%- else -%}
        unnest(range(1, {{ last }} + 1))
    {%- endif -%}
{%- endmacro %}

{# How many things a text holds, with a separator of one sign between. #}
{% macro things_in(text, separator) -%}
    cast(length({{ text }}) - length(replace({{ text }}, '{{ separator }}', '')) + 1 as integer)
{%- endmacro %}

{# What a cell names with commas, plus signs or "dan" between, separated by semicolons. #}
{% macro named_things(words) -%}
    replace(replace(replace({{ words }}, ',', ';'), '+', ';'), ' dan ', ';')
{%- endmacro %}
