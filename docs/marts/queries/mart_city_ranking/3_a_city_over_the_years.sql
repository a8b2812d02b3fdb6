-- How did Kota Depok's place move over the years, each at the last month there is?
-- Bagaimana peringkat Kota Depok berubah dari tahun ke tahun, menurut bulan terakhir tiap tahun?
with

city as (
    select
        *,
        max(through_month) over (partition by basis, is_synthetic, year) as last_month
    from mart_city_ranking
    where rule_name = 'headline' and is_in_force and region_code = '32.76'
)

select basis, is_synthetic, year, through_month, rank, cities_ranked, growth_pct, change_usd, unranked_reason
from city
where through_month = last_month
order by basis, is_synthetic, year
