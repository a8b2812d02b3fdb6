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
    others.rule_name,
    others.basis,
    others.rank as rank_there,
    others.growth_pct,
    others.unranked_reason
from firsts
inner join mart_city_ranking as others
    on
        firsts.is_synthetic = others.is_synthetic
        and firsts.through_month = others.through_month
        and firsts.region_code = others.region_code
        and others.is_in_force
where others.rank is null or others.rank > 1
order by first_by, firsts.is_synthetic, firsts.region_name, others.rule_name, others.basis
