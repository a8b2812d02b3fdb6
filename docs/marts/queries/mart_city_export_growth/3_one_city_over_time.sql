-- How did Kota Depok's last twelve months grow, month by month?
-- Bagaimana pertumbuhan dua belas bulan terakhir Kota Depok, dari bulan ke bulan?
select basis, is_synthetic, through_month, base_usd, current_usd, growth_pct, exporters, is_comparable
from mart_city_export_growth
where region_code = '32.76' and window_kind = 'trailing_12_months'
order by basis, is_synthetic, through_month
