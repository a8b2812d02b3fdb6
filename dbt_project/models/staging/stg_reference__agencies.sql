with

source as (
    select * from {{ ref('ref_agencies') }}
),

renamed as (
    select
        agency_code,
        agency_name,
        region_code,
        kind as agency_kind
    from source
)

select * from renamed
