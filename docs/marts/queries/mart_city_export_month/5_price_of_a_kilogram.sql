-- How many dollars does a kilogram of each city's exports fetch, year by year?
-- Berapa dolar nilai satu kilogram ekspor tiap kota/kabupaten, dari tahun ke tahun?
with

years as (
    select
        exports.basis,
        exports.is_synthetic,
        exports.region_code,
        extract(year from exports.month) as year,
        sum(exports.fob_usd) as fob_usd,
        sum(exports.net_weight_kg) as net_weight_kg
    from mart_city_export_month as exports
    where exports.region_code <> '00.00'
    group by exports.basis, exports.is_synthetic, exports.region_code, extract(year from exports.month)
)

select
    years.basis,
    years.is_synthetic,
    regions.region_name,
    years.year,
    years.fob_usd,
    years.net_weight_kg,
    cast(years.fob_usd / nullif(years.net_weight_kg, 0) as decimal(18, 2)) as usd_per_kg
from years
inner join dim_region as regions on years.region_code = regions.region_code
order by years.basis, years.is_synthetic, regions.region_name, years.year
