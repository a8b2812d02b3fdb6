{# The files that contradict each other in one version of a document: which one stands, and in which columns they
   differ. Columns only, never values. #}
{% macro conflicts(feed) -%}
{%- set about = documents()[feed] -%}
{%- set rows = rows_to_judge(feed) -%}
{%- set columns = content_of(rows) -%}
{%- set header = about.get('header', []) -%}
{%- set item = 'rows_as_sent.' ~ about.item if about.item else '1' -%}
    with

    in_conflict as (
        select
            outcomes.document_key,
            outcomes.conflict_key,
            outcomes.conflict_status,
            outcomes.outcome,
            {{ item }} as item,
            rows_as_sent.*
        from {{ ref(outcomes_of(feed)) }} as outcomes
        inner join {{ rows }} as rows_as_sent
            on
                outcomes.load_id = rows_as_sent.load_id
                and outcomes.row_number = rows_as_sent.row_number
                and outcomes.sheet = rows_as_sent.sheet
                and outcomes.piece = rows_as_sent.piece
        where outcomes.conflict_key is not null
    ),

    by_item as (
        select
            conflict_key,
            is_synthetic,
            count(distinct load_id) as loads,
            {% for column in columns -%}
                min(hash({{ column }})) <> max(hash({{ column }})) as differs_{{ loop.index }}{{ ',' if not loop.last }}
            {% endfor %}
        from in_conflict
        group by conflict_key, is_synthetic, item
    ),

    by_document as (
        select
            conflict_key,
            is_synthetic,
            {% for column in header -%}
                min(hash({{ column }})) <> max(hash({{ column }})) as header_differs_{{ loop.index }},
            {% endfor -%}
            count(distinct load_id) as loads
        from in_conflict
        group by conflict_key, is_synthetic
    ),

    differing as (
        select
            by_item.conflict_key,
            by_item.is_synthetic,
            concat_ws(
                ','
                {%- for column in columns -%}
                , case
                    when bool_or(by_item.differs_{{ loop.index }})
                        {% if column in header -%}
                        or bool_or(by_document.header_differs_{{ header.index(column) + 1 }})
                        {% elif column == about.item -%}
                        or bool_or(by_item.loads < by_document.loads)
                        {% endif -%}
                        then '{{ column }}'
                end
                {%- endfor %}
            ) as differing_columns
        from by_item
        inner join by_document
            on by_item.conflict_key = by_document.conflict_key and by_item.is_synthetic = by_document.is_synthetic
        group by by_item.conflict_key, by_item.is_synthetic
    )

    select
        '{{ feed }}' as feed,
        in_conflict.document_key,
        in_conflict.conflict_key,
        in_conflict.load_id,
        in_conflict.is_synthetic,
        min(in_conflict.conflict_status) as conflict_status,
        bool_or(in_conflict.outcome <> 'conflict') as is_standing,
        count(*) as conflict_rows,
        min(differing.differing_columns) as differing_columns
    from in_conflict
    inner join differing
        on in_conflict.conflict_key = differing.conflict_key and in_conflict.is_synthetic = differing.is_synthetic
    group by in_conflict.document_key, in_conflict.conflict_key, in_conflict.load_id, in_conflict.is_synthetic
{%- endmacro %}
