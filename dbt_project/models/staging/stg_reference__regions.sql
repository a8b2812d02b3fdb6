with

source as (
    select * from {{ ref('ref_regions') }}
),

renamed as (
    select
        region_code,
        region_name,
        level as region_level,
        region_type,
        province_code,
        province_name
    from source
)

select * from renamed
