with

city_months as (
    select * from {{ ref('int_exports__city_months') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

province_months as (
    select distinct
        city_months.basis,
        city_months.is_synthetic,
        regions.province_code,
        year(city_months.export_month) as year,
        month(city_months.export_month) as month_number
    from city_months
    inner join regions on city_months.region_code = regions.region_code
),

-- A month is compared only where the source has rows of the province for it in both years.
final as (
    select this_year.*
    from province_months as this_year
    inner join province_months as year_before
        on
            this_year.basis = year_before.basis
            and this_year.is_synthetic = year_before.is_synthetic
            and this_year.province_code = year_before.province_code
            and this_year.year = year_before.year + 1
            and this_year.month_number = year_before.month_number
)

select * from final
