-- For which cities can no growth be told, and why?
-- Kota/kabupaten mana yang pertumbuhannya tidak dapat dihitung, dan mengapa?
select basis, is_synthetic, through_month, region_name, no_growth_reason, base_usd, current_usd, items_without_rate
from mart_city_export_growth
where
    province_code = '32'
    and window_kind = 'year_to_date'
    and through_month = date '2024-09-01'
    and no_growth_reason is not null
order by basis, is_synthetic, no_growth_reason, region_name
