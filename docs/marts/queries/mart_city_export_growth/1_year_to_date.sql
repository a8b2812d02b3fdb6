-- How much did each city of West Java grow in the year to date, by the newest month?
-- Berapa pertumbuhan ekspor tiap kota/kabupaten di Jawa Barat sejak awal tahun, menurut bulan terbaru?
with

newest as (
    select
        *,
        max(through_month) over (partition by basis, is_synthetic) as newest_month
    from mart_city_export_growth
    where window_kind = 'year_to_date' and province_code = '32'
)

select
    basis,
    is_synthetic,
    through_month,
    region_name,
    base_usd,
    current_usd,
    change_usd,
    growth_pct,
    no_growth_reason
from newest
where through_month = newest_month
order by basis, is_synthetic, growth_pct desc nulls last, region_name
