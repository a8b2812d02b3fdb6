-- Do declarations and certificates agree on who grew, January to September 2024?
-- Apakah PEB dan SKA sejalan tentang siapa yang tumbuh, Januari–September 2024?
with

lists as (
    select * from mart_city_ranking
    where rule_name = 'headline' and is_in_force and province_code = '32' and through_month = date '2024-09-01'
)

select
    is_synthetic,
    region_name,
    max(rank) filter (where basis = 'peb') as rank_peb,
    max(rank) filter (where basis = 'ska') as rank_ska,
    max(growth_pct) filter (where basis = 'peb') as growth_pct_peb,
    max(growth_pct) filter (where basis = 'ska') as growth_pct_ska
from lists
group by is_synthetic, region_name
order by is_synthetic, rank_peb, region_name
