-- What did one maker export month by month, in its own name and through others?
-- Berapa ekspor satu produsen dari bulan ke bulan, atas nama sendiri dan lewat eksportir lain?
with one_maker as (
    select maker_ikm_id
    from mart_maker_export_month
    where basis = 'peb' and region_code = '32.76' and maker_ikm_id <> exporter_ikm_id and maker_ikm_id <> 'unknown'
    group by maker_ikm_id
    order by sum(fob_usd) desc, maker_ikm_id
    limit 1
)

select
    is_synthetic,
    month,
    maker_ikm_id,
    coalesce(sum(fob_usd) filter (where maker_ikm_id = exporter_ikm_id), 0) as own_usd,
    coalesce(sum(fob_usd) filter (where maker_ikm_id <> exporter_ikm_id), 0) as through_others_usd
from mart_maker_export_month
where basis = 'peb' and maker_ikm_id in (select one_maker.maker_ikm_id from one_maker)
group by is_synthetic, month, maker_ikm_id
order by is_synthetic, month
