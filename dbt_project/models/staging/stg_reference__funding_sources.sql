with

source as (
    select * from {{ ref('ref_funding_sources') }}
),

renamed as (
    select
        funding_source_code,
        name_id as funding_source_name_id,
        name_en as funding_source_name_en
    from source
)

select * from renamed
