{# The rows of a run's changed documents as a table, so that what follows reads the day and not the history;
   in a whole build, where all rows are meant, a view. #}
{% materialization changed_rows, adapter='duckdb' -%}
    {%- set there = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view' if is_whole_build() else 'table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if there is not none %}
        {% do adapter.drop_relation(there) %}
    {% endif %}
    {% call statement('main') -%}
        {% if is_whole_build() -%}
            {{ create_view_as(target_relation, sql) }}
        {%- else -%}
            {{ create_table_as(False, target_relation, sql) }}
        {%- endif %}
    {%- endcall %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}
