with

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

-- What states only its province counts in the province and in no city of it.
final as (
    select
        region_code,
        'city' as place_level,
        region_code as place_code,
        region_name as place_name,
        province_code
    from regions
    where region_level = 2
    union all
    select
        region_code,
        'province' as place_level,
        province_code as place_code,
        province_name as place_name,
        province_code
    from regions
    union all
    select
        '00.00' as region_code,
        'unknown' as place_level,
        '00.00' as place_code,
        'Tidak diketahui' as place_name,
        '00' as province_code
)

select * from final
