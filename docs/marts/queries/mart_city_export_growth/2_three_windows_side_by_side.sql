-- Does a city's growth look the same for the month alone, the year to date and the last twelve months?
-- Apakah pertumbuhan suatu kota sama menurut bulan itu saja, sejak awal tahun, dan dua belas bulan terakhir?
select
    basis,
    is_synthetic,
    region_name,
    max(growth_pct) filter (where window_kind = 'month') as month_growth_pct,
    max(growth_pct) filter (where window_kind = 'year_to_date') as year_to_date_growth_pct,
    max(growth_pct) filter (where window_kind = 'trailing_12_months') as trailing_12_months_growth_pct
from mart_city_export_growth
where province_code = '32' and through_month = date '2024-09-01'
group by basis, is_synthetic, region_name
order by basis, is_synthetic, year_to_date_growth_pct desc nulls last, region_name
