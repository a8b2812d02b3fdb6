-- How many exporters, and how many makers, stand behind half of a city's change?
-- Berapa eksportir, dan berapa pembuat, yang ada di balik setengah perubahan suatu kota/kabupaten?
with

running as (
    select
        *,
        sum(abs(change_usd)) over (
            partition by basis, is_synthetic, year, region_code, decomposition
            order by size_rank
        ) - abs(change_usd) as larger_usd,
        sum(abs(change_usd)) over (partition by basis, is_synthetic, year, region_code, decomposition) as all_usd
    from mart_growth_contribution
    where decomposition in ('exporter', 'maker')
)

select
    basis,
    is_synthetic,
    year,
    region_code,
    count(*) filter (where decomposition = 'exporter' and 2 * larger_usd < all_usd) as exporters_behind_half,
    count(*) filter (where decomposition = 'maker' and 2 * larger_usd < all_usd) as makers_behind_half
from running
group by basis, is_synthetic, year, region_code
order by basis, is_synthetic, year, region_code
