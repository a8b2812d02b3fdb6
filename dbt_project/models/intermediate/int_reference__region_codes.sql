with

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

changes as (
    select * from {{ ref('stg_reference__region_changes') }}
),

-- Codes that were given up in 2022 were not given to another region since, so no date is needed to read them.
final as (
    select region_code as stated_region_code, region_code, province_code
    from regions
    union all
    select changes.old_code as stated_region_code, regions.region_code, regions.province_code
    from changes
    inner join regions on changes.new_code = regions.region_code
)

select * from final
