with

source as (
    select * from {{ ref('ref_bps_provinces') }}
),

renamed as (
    select
        bps_code as bps_province_code,
        province_code
    from source
)

select * from renamed
