-- How much stands under no city, and how many items had no rate or were out of scope, year by year?
-- Berapa nilai yang tidak diketahui kotanya, dan berapa barang yang tidak ada kursnya atau di luar cakupan, per tahun?
select
    basis,
    is_synthetic,
    extract(year from month) as year,
    sum(fob_usd) as fob_usd,
    coalesce(sum(fob_usd) filter (where region_code = '00.00'), 0) as fob_usd_without_city,
    sum(items_without_rate) as items_without_rate,
    sum(items_out_of_scope) as items_out_of_scope,
    sum(fob_usd_out_of_scope) as fob_usd_out_of_scope
from mart_city_export_month
group by basis, is_synthetic, extract(year from month)
order by basis, is_synthetic, year
