with

source as (
    select * from {{ ref('ref_agency_aliases') }}
),

renamed as (
    select
        agency_code,
        alias as agency_alias
    from source
)

select * from renamed
