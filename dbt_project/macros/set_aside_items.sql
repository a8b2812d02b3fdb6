{# The rows of documents that do not count, each with its outcome: superseded, duplicate, conflict, cancelled,
   replaced. Nearly all documents come once, in one version: one pass over hashes finds the few that need a closer
   look, and only their rows are compared.

   document      column that names a document
   version       columns that tell its version, newest first by `newest_by`
   settled_by    expressions that decide between two rows of one version: a later state of it wins
   is_out        expression over a version: cancelled by its own words
   replaces      column that names the document this one replaces
   content       columns that make two copies of a version the same #}
{% macro set_aside_items(items, document, version, newest_by, settled_by, is_out, replaces, content) -%}
with

items as (
    select *, {{ hash_of(['is_synthetic', document]) }} as document_hash
    from {{ items }}
),

suspects as (
    select document_hash
    from items
    group by document_hash
    having
        not {{ all_different('item_number') }}
        or min({{ hash_of(['load_id'] + version) }}) <> max({{ hash_of(['load_id'] + version) }})
        or count(*) filter (where {{ is_out }}) > 0

    union

    select {{ hash_of(['is_synthetic', replaces]) }} as document_hash
    from items
    where {{ replaces }} is not null

    union

    select document_hash
    from items
    where {{ replaces }} is not null
),

contested as (
    select items.*
    from items
    inner join suspects on items.document_hash = suspects.document_hash
),

versions as (
    select
        contested.is_synthetic,
        contested.{{ document }},
        {% for column in version -%}
            contested.{{ column }},
        {% endfor -%}
        contested.load_id,
        min(loads.sha256) as sha256,
        bool_or({{ is_out }}) as is_out,
        max({{ replaces }}) as {{ replaces }},
        {% for expression in settled_by -%}
            max({{ expression }}) as settled_{{ loop.index }},
        {% endfor -%}
        {% for column in newest_by if column not in version -%}
            max({{ column }}) as {{ column }},
        {% endfor -%}
        {{ content_of_group(content) }} as content
    from contested
    inner join {{ ref('stg_control__loads') }} as loads on contested.load_id = loads.load_id
    group by contested.is_synthetic, contested.{{ document }}, {{ version | join(', ') }}, contested.load_id
),

ordered as (
    select
        *,
        row_number() over by_age as place,
        first_value({{ hash_of(newest_by) }}) over by_age as winner_version,
        first_value(content) over by_age as winner_content
    from versions
    window by_age as (
        partition by is_synthetic, {{ document }}
        order by
            {% for column in newest_by -%}
                {{ column }} desc nulls last,
            {% endfor -%}
            {% for expression in settled_by -%}
                settled_{{ loop.index }} desc nulls last,
            {% endfor -%}
            sha256, load_id
    )
),

replaced as (
    select distinct is_synthetic, {{ replaces }} as {{ document }}
    from ordered
    where place = 1 and {{ replaces }} is not null
),

decided as (
    select
        ordered.*,
        case
            when place > 1 and {{ hash_of(newest_by) }} = winner_version and content = winner_content then 'duplicate'
            when place > 1 and {{ hash_of(newest_by) }} = winner_version then 'conflict'
            when place > 1 then 'superseded'
            when is_out then 'cancelled'
            when replaced.{{ document }} is not null then 'replaced'
            else 'current'
        end as outcome
    from ordered
    left join replaced
        on ordered.is_synthetic = replaced.is_synthetic and ordered.{{ document }} = replaced.{{ document }}
),

judged_rows as (
    select
        contested.load_id,
        contested.sheet,
        contested.row_number,
        case
            when decided.outcome <> 'current' then decided.outcome
            when row_number() over (
                partition by contested.is_synthetic, contested.{{ document }}, contested.load_id,
                    {% for column in version -%}
                        contested.{{ column }},
                    {% endfor -%}
                    contested.item_number
                order by contested.sheet, contested.row_number
            ) > 1 then 'duplicate'
            else 'current'
        end as outcome
    from contested
    inner join decided
        on
            contested.is_synthetic = decided.is_synthetic
            and contested.{{ document }} = decided.{{ document }}
            and contested.load_id = decided.load_id
            {% for column in version -%}
                and contested.{{ column }} is not distinct from decided.{{ column }}
            {% endfor %}
),

final as (
    select load_id, sheet, row_number, outcome
    from judged_rows
    where outcome <> 'current'
)

select * from final
{%- endmacro %}
