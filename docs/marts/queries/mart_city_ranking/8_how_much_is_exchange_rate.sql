-- How much of the growth of dollars is exchange rate, and how firm is the rank, January to September 2024?
-- Berapa bagian pertumbuhan dolar yang berasal dari kurs, dan seberapa kokoh peringkatnya, Januari–September 2024?
select
    basis,
    is_synthetic,
    rank,
    region_name,
    growth_pct,
    growth_at_base_rates_pct,
    growth_pct - growth_at_base_rates_pct as points_of_exchange_rate,
    rank_without_largest,
    depends_on_few,
    match_rate_pct,
    base_coverage_pct,
    current_coverage_pct,
    is_final
from mart_city_ranking
where
    rule_name = 'headline'
    and is_in_force
    and province_code = '32'
    and through_month = date '2024-09-01'
    and rank is not null
order by basis, is_synthetic, rank, region_name
