with

loads as (
    select * from {{ ref('stg_control__loads') }}
),

conflicts as (
    {% for feed in documents() -%}
        {% if feed in feeds_by_document() -%}
            select * from {{ ref('int_' ~ feed ~ '__conflicts') }}
        {%- else -%}
            select * from ({{ conflicts('' ~ feed) }})
        {%- endif %}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        conflicts.feed,
        conflicts.conflict_key,
        conflicts.load_id,
        loads.agency_code,
        loads.file_name,
        conflicts.is_synthetic,
        conflicts.conflict_status,
        conflicts.is_standing,
        conflicts.conflict_rows,
        conflicts.differing_columns
    from conflicts
    inner join loads on conflicts.load_id = loads.load_id
)

select * from final
