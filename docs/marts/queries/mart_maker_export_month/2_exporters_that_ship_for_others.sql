-- Which exporters of record ship for how many makers, and for how much?
-- Eksportir mana yang mengirim barang berapa produsen lain, dan berapa nilainya?
select
    basis,
    is_synthetic,
    exporter_ikm_id,
    count(distinct maker_ikm_id) as makers,
    sum(fob_usd) as fob_usd
from mart_maker_export_month
where maker_ikm_id <> exporter_ikm_id and exporter_ikm_id <> 'unknown'
group by basis, is_synthetic, exporter_ikm_id
order by makers desc, fob_usd desc, exporter_ikm_id
limit 10
