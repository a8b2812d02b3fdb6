with

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

changes as (
    select * from {{ ref('stg_reference__region_changes') }}
),

-- A code and the law that brought it: of a kota or kabupaten that moved, and of the province it moved to.
brought as (
    select new_code as region_code, law, law_date from changes
    union
    select left(new_code, 2) as region_code, law, law_date from changes
),

current_codes as (
    select
        regions.region_code,
        regions.region_code as current_region_code,
        regions.region_name,
        regions.region_level,
        regions.region_type,
        regions.province_code,
        regions.province_name,
        coalesce(brought.law_date, {{ first_day() }}) as valid_from,
        {{ no_end() }} as valid_to,
        brought.law as changed_by
    from regions
    left join brought on regions.region_code = brought.region_code
),

-- The province's own names before its split.
former_codes as (
    select
        changes.old_code as region_code,
        regions.region_code as current_region_code,
        regions.region_name,
        regions.region_level,
        regions.region_type,
        provinces.region_code as province_code,
        provinces.region_name as province_name,
        {{ first_day() }} as valid_from,
        changes.law_date as valid_to,
        changes.law as changed_by
    from changes
    inner join regions on changes.new_code = regions.region_code
    inner join regions as provinces on left(changes.old_code, 2) = provinces.region_code
),

unknown as (
    select
        '00.00' as region_code,
        '00.00' as current_region_code,
        'Tidak diketahui' as region_name,
        2 as region_level,
        'tidak diketahui' as region_type,
        '00' as province_code,
        'Tidak diketahui' as province_name,
        {{ first_day() }} as valid_from,
        {{ no_end() }} as valid_to,
        cast(null as varchar) as changed_by
),

all_versions as (
    select * from current_codes
    union all
    select * from former_codes
    union all
    select * from unknown
),

final as (
    select
        ---------- ids
        {{ surrogate_key(['current_region_code', 'valid_from']) }} as region_version_key,
        region_code,
        current_region_code,

        ---------- what it is
        region_name,
        region_level,
        region_type,
        province_code,
        province_name,

        ---------- when
        valid_from,
        valid_to,
        valid_to = {{ no_end() }} as is_current,
        changed_by
    from all_versions
)

select * from final
