-- Which cities have no place in the list of January to September 2024, and why?
-- Kota/kabupaten mana yang tidak mendapat peringkat Januari–September 2024, dan mengapa?
select basis, is_synthetic, region_name, unranked_reason, base_usd, current_usd, exporters
from mart_city_ranking
where
    rule_name = 'headline' and is_in_force
    and province_code = '32'
    and through_month = date '2024-09-01'
    and rank is null
order by basis, is_synthetic, unranked_reason, region_name
