-- Which ten kota/kabupaten exported most in the last twelve months there are?
-- Sepuluh kota/kabupaten mana yang ekspornya terbesar dalam dua belas bulan terakhir?
with

last_months as (
    select basis, is_synthetic, max(month) as last_month
    from mart_city_export_month
    group by basis, is_synthetic
),

cities as (
    select
        exports.basis,
        exports.is_synthetic,
        exports.region_code,
        sum(exports.fob_usd) as fob_usd
    from mart_city_export_month as exports
    inner join last_months
        on exports.basis = last_months.basis and exports.is_synthetic = last_months.is_synthetic
    where exports.month > last_months.last_month - interval '12' month and exports.region_code <> '00.00'
    group by exports.basis, exports.is_synthetic, exports.region_code
),

ranked as (
    select *, rank() over (partition by basis, is_synthetic order by fob_usd desc) as place
    from cities
)

select ranked.basis, ranked.is_synthetic, ranked.place, regions.region_name, ranked.fob_usd
from ranked
inner join dim_region as regions on ranked.region_code = regions.region_code
where ranked.place <= 10
order by ranked.basis, ranked.is_synthetic, ranked.place
