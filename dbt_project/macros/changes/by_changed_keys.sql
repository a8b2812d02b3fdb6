{# An incremental strategy: rows whose key stands in another model are taken out, also where no new row takes their
   place, and the new rows put in. The model says meta: changed_in, that other model, and changed_keys, a dict of a
   column here to the one there; none of them may be null. #}
{% macro get_incremental_by_changed_keys_sql(arguments) -%}
    {%- set about = config.get('meta') -%}
    {%- set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arguments['target_relation'] }}
    where {{ in_changed(ref(about.changed_in), about.changed_keys) }};
    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{%- endmacro %}

{# (a, b) in the keys (x, y) of another relation, for keys {a: x, b: y}. #}
{% macro in_changed(changed, keys) -%}
    ({{ keys.keys() | join(', ') }}) in (select {{ keys.values() | join(', ') }} from {{ changed }})
{%- endmacro %}
