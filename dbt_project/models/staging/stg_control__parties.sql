with

source as (
    select * from {{ source('control', 'parties') }}
),

renamed as (
    select
        party_key,
        ikm_id,
        resolved_by,
        is_identified,
        has_open_review
    from source
)

select * from renamed
