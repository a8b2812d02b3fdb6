-- What share of West Java's exports of 2023 does each kota/kabupaten have?
-- Berapa bagian tiap kota/kabupaten dari ekspor Jawa Barat tahun 2023?
with

cities as (
    select
        exports.basis,
        exports.is_synthetic,
        regions.region_name,
        sum(exports.fob_usd) as fob_usd
    from mart_city_export_month as exports
    inner join dim_region as regions on exports.region_code = regions.region_code
    where regions.province_code = '32' and exports.month between date '2023-01-01' and date '2023-12-01'
    group by exports.basis, exports.is_synthetic, regions.region_name
),

with_total as (
    select *, sum(fob_usd) over (partition by basis, is_synthetic) as province_usd
    from cities
)

select
    basis,
    is_synthetic,
    region_name,
    fob_usd,
    cast(100 * fob_usd / nullif(province_usd, 0) as decimal(5, 1)) as share_pct
from with_total
order by basis, is_synthetic, fob_usd desc
