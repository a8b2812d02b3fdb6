-- Whoever is first by a headline list: under which other rules is it not?
-- Yang pertama menurut daftar utama: menurut aturan lain mana ia bukan yang pertama?
with

firsts as (
    select * from mart_city_ranking
    where rule_name = 'headline' and is_in_force and rank = 1 and through_month = date '2024-09-01'
)

select
    firsts.basis as first_by,
    firsts.is_synthetic,
    firsts.region_name,
    elsewhere.rule_name,
    elsewhere.basis,
    elsewhere.rank as rank_there,
    elsewhere.growth_pct,
    elsewhere.unranked_reason
from firsts
inner join mart_city_ranking as elsewhere
    on
        firsts.is_synthetic = elsewhere.is_synthetic
        and firsts.through_month = elsewhere.through_month
        and firsts.region_code = elsewhere.region_code
        and elsewhere.is_in_force
where elsewhere.rank is null or elsewhere.rank > 1
order by first_by, firsts.is_synthetic, firsts.region_name, elsewhere.rule_name, elsewhere.basis
