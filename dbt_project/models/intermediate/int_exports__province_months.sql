with

city_months as (
    select * from {{ ref('int_exports__city_months') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

-- What no place is known of is there in every month that the source has any rows for.
final as (
    select distinct
        city_months.basis,
        city_months.is_synthetic,
        regions.province_code,
        city_months.export_month,
        {{ month_index('city_months.export_month') }} as month_index
    from city_months
    inner join regions on city_months.region_code = regions.region_code
    union all
    select distinct
        basis,
        is_synthetic,
        '00' as province_code,
        export_month,
        {{ month_index('export_month') }} as month_index
    from city_months
)

select * from final
