-- How many makers are seen exporting only through others, year by year?
-- Berapa produsen yang ekspornya hanya tercatat lewat eksportir lain, dari tahun ke tahun?
with makers as (
    select
        basis,
        is_synthetic,
        year(month) as year,
        maker_ikm_id,
        bool_and(maker_ikm_id <> exporter_ikm_id) as is_only_through_others,
        sum(fob_usd) as fob_usd
    from mart_maker_export_month
    where maker_ikm_id <> 'unknown'
    group by basis, is_synthetic, year(month), maker_ikm_id
)

select
    basis,
    is_synthetic,
    year,
    count(*) as makers,
    count(*) filter (where is_only_through_others) as only_through_others,
    sum(fob_usd) filter (where is_only_through_others) as through_others_usd
from makers
group by basis, is_synthetic, year
order by basis, is_synthetic, year
