-- How many dollars of the counted exports hang on contradictions that nobody has decided?
-- Berapa dolar dari ekspor yang dihitung bergantung pada pertentangan yang belum diputuskan?
with

waiting as (
    select distinct feed, load_id, is_synthetic, file_name
    from mart_conflict
    where conflict_status = 'open' and is_standing
),

contested as (
    select 'peb' as feed, load_id, is_synthetic, region_code, fob_usd as contested_usd
    from fct_export_item
    where has_conflict
    union all
    select 'ska' as feed, load_id, is_synthetic, region_code, value_usd as contested_usd
    from fct_certificate_item
    where has_conflict
)

select
    waiting.feed,
    waiting.is_synthetic,
    waiting.file_name,
    regions.region_name,
    count(*) as items,
    sum(contested.contested_usd) as contested_usd
from waiting
inner join contested
    on
        waiting.feed = contested.feed
        and waiting.load_id = contested.load_id
        and waiting.is_synthetic = contested.is_synthetic
inner join dim_region as regions on contested.region_code = regions.region_code
group by waiting.feed, waiting.is_synthetic, waiting.file_name, regions.region_name
order by contested_usd desc
