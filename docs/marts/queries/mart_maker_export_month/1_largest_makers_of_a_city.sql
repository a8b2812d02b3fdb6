-- Which makers of Depok's goods had the most exports in a year, whoever shipped them?
-- Produsen mana yang nilai ekspornya terbesar dari Kota Depok dalam setahun, siapa pun eksportirnya?
select
    is_synthetic,
    maker_ikm_id,
    sum(fob_usd) as fob_usd,
    sum(allocated_by_assumption_usd) as allocated_by_assumption_usd,
    count(distinct exporter_ikm_id) as exporters
from mart_maker_export_month
where basis = 'peb' and region_code = '32.76' and year(month) = 2023
group by is_synthetic, maker_ikm_id
order by is_synthetic, fob_usd desc, maker_ikm_id
limit 10
