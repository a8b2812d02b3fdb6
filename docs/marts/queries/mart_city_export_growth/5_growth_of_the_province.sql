-- By how much did the whole province grow in the year to date, and how much of that did three cities give?
-- Berapa pertumbuhan seluruh provinsi sejak awal tahun, dan berapa sumbangan tiga kota terbesar?
with

cities as (
    select
        *,
        row_number() over (partition by basis, is_synthetic order by change_usd desc, region_code) as place
    from mart_city_export_growth
    where province_code = '32' and window_kind = 'year_to_date' and through_month = date '2024-09-01'
)

select
    basis,
    is_synthetic,
    sum(base_usd) as base_usd,
    sum(current_usd) as current_usd,
    sum(change_usd) as change_usd,
    sum(change_usd) filter (where place <= 3) as change_of_three_usd,
    cast(100 * sum(change_usd) / nullif(sum(base_usd), 0) as decimal(9, 2)) as growth_pct
from cities
group by basis, is_synthetic
order by basis, is_synthetic
