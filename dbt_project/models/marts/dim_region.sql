with

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

changes as (
    select * from {{ ref('stg_reference__region_changes') }}
),

current_codes as (
    select
        regions.region_code,
        regions.region_name,
        regions.region_level,
        regions.region_type,
        regions.province_code,
        regions.province_name,
        regions.region_code as current_region_code,
        changes.changed_in as valid_from_year,
        cast(null as integer) as valid_to_year,
        true as is_current
    from regions
    left join changes on regions.region_code = changes.new_code
),

-- The province's own names before its split.
former_codes as (
    select
        changes.old_code as region_code,
        regions.region_name,
        regions.region_level,
        regions.region_type,
        provinces.region_code as province_code,
        provinces.region_name as province_name,
        regions.region_code as current_region_code,
        cast(null as integer) as valid_from_year,
        changes.changed_in as valid_to_year,
        false as is_current
    from changes
    inner join regions on changes.new_code = regions.region_code
    inner join regions as provinces on left(changes.old_code, 2) = provinces.region_code
),

unknown as (
    select
        '00.00' as region_code,
        'Tidak diketahui' as region_name,
        2 as region_level,
        'tidak diketahui' as region_type,
        '00' as province_code,
        'Tidak diketahui' as province_name,
        '00.00' as current_region_code,
        cast(null as integer) as valid_from_year,
        cast(null as integer) as valid_to_year,
        true as is_current
),

final as (
    select * from current_codes
    union all
    select * from former_codes
    union all
    select * from unknown
)

select * from final
