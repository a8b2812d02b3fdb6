{# Documents of which more than one row, or one file, would have to be read to know what counts: they came in several
   versions, went, are contradicted, or say which other one they replace. A row a version, file and outcome, those
   that count too. A document that came once, or again as it was, stands in the fact and needs none. #}
{% macro document_versions(feed) -%}
{%- set about = documents()[feed] -%}
{%- set document = about.document[0] -%}
    with

    items as (
        select * from {{ rows_to_judge(feed) }}
    ),

    outcomes as (
        select * from {{ ref(outcomes_of(feed)) }}
    ),

    documents_to_tell as (
        select is_synthetic, document_key
        from outcomes
        where outcome <> 'duplicate' or conflict_key is not null
        union
        select is_synthetic, {{ document }} as document_key
        from items
        where {{ about.replaces }} is not null and {{ about.replaces }} <> {{ document }}
    ),

    judged as (
        select
            items.is_synthetic,
            items.{{ document }} as document_key,
            {{ key_text(prefixed('items', about.version)) }} as version_key,
            items.load_id,
            coalesce(outcomes.outcome, 'current') as outcome,
            case when items.{{ about.replaces }} <> items.{{ document }} then items.{{ about.replaces }} end
                as replaces_document_key,
            outcomes.conflict_key is not null as is_contradicted
        from items
        inner join documents_to_tell
            on
                items.is_synthetic = documents_to_tell.is_synthetic
                and items.{{ document }} = documents_to_tell.document_key
        left join outcomes
            on
                items.load_id = outcomes.load_id
                and items.row_number = outcomes.row_number
                and items.sheet = outcomes.sheet
                and items.piece = outcomes.piece
    ),

    final as (
        select
            is_synthetic,
            document_key,
            version_key,
            load_id,
            outcome,
            min(replaces_document_key) as replaces_document_key,
            bool_or(is_contradicted) as is_contradicted,
            count(*) as document_rows
        from judged
        where outcome <> 'duplicate'
        group by is_synthetic, document_key, version_key, load_id, outcome
    )

    select * from final
{%- endmacro %}

{# [a, b] as [relation.a, relation.b] #}
{% macro prefixed(relation, columns) -%}
    {%- set names = [] -%}
    {%- for column in columns %}{% do names.append(relation ~ '.' ~ column) %}{% endfor -%}
    {%- do return(names) -%}
{%- endmacro %}
