-- Who would have been first in 2024 with another last month?
-- Siapa yang berada di urutan pertama pada 2024 bila bulan terakhirnya lain?
select basis, is_synthetic, through_month, months_compared, region_name, growth_pct, base_usd, exporters
from mart_city_ranking
where
    rule_name = 'headline' and is_in_force and province_code = '32' and year = 2024 and rank = 1
order by basis, is_synthetic, through_month, region_name
