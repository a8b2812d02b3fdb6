-- Which kota/kabupaten of West Java grew most, by the newest list of each basis?
-- Kota/kabupaten mana di Jawa Barat yang ekspornya paling tumbuh, menurut daftar terbaru tiap dasar?
with

newest as (
    select
        *,
        max(through_month) over (partition by basis, is_synthetic) as newest_month
    from mart_city_ranking
    where rule_name = 'headline' and is_in_force and province_code = '32'
)

select
    basis,
    is_synthetic,
    through_month,
    rank,
    region_name,
    base_usd,
    current_usd,
    growth_pct,
    exporters,
    cities_ranked,
    cities_total
from newest
where through_month = newest_month and rank is not null
order by basis, is_synthetic, rank, region_name
