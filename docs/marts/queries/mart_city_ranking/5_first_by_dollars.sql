-- Which cities gained most in dollars, and what place does their growth give them?
-- Kota/kabupaten mana yang bertambah paling banyak dalam dolar, dan di peringkat berapa pertumbuhannya?
with

gains as (
    select
        *,
        rank() over (partition by basis, is_synthetic order by change_usd desc) as place_by_dollars
    from mart_city_ranking
    where rule_name = 'headline' and is_in_force and province_code = '32' and through_month = date '2024-09-01'
)

select basis, is_synthetic, place_by_dollars, region_name, change_usd, growth_pct, rank, unranked_reason
from gains
where place_by_dollars <= 10
order by basis, is_synthetic, place_by_dollars, region_name
