with

declarations as (
    select * from {{ ref('int_peb__document_versions') }}
),

certificates as (
    select * from {{ ref('int_ska__document_versions') }}
),

both_kinds as (
    select 'peb' as feed, * from declarations
    union all
    select 'ska' as feed, * from certificates
),

final as (
    select
        feed,
        is_synthetic,
        document_key,
        version_key,
        load_id,
        outcome,
        replaces_document_key,
        is_contradicted,
        document_rows
    from both_kinds
)

select * from final
