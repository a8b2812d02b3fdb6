-- In which months of 2023 and 2024 is no export of a city of West Java on record?
-- Pada bulan apa saja di 2023 dan 2024 tidak tercatat ekspor dari suatu kota/kabupaten di Jawa Barat?
with

last_months as (
    select basis, is_synthetic, max(month) as last_month
    from mart_city_export_month
    group by basis, is_synthetic
),

expected as (
    select
        last_months.basis,
        last_months.is_synthetic,
        regions.region_code,
        regions.region_name,
        calendar.date_day as month
    from last_months
    inner join dim_date as calendar on calendar.date_day between date '2023-01-01' and last_months.last_month
    cross join dim_region as regions
    where
        calendar.date_day = calendar.month_start
        and regions.province_code = '32'
        and regions.region_level = 2
        and regions.is_current
)

select expected.basis, expected.is_synthetic, expected.region_name, expected.month
from expected
left join mart_city_export_month as exports
    on
        expected.basis = exports.basis
        and expected.is_synthetic = exports.is_synthetic
        and expected.region_code = exports.region_code
        and expected.month = exports.month
where exports.month is null or exports.items = 0
order by expected.basis, expected.is_synthetic, expected.region_name, expected.month
