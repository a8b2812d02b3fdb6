-- On how many exporters does a city's export of 2023 hang: what share have its three largest?
-- Pada berapa eksportir ekspor suatu kota tahun 2023 bergantung: berapa bagian tiga yang terbesar?
with

exporters as (
    select
        items.is_synthetic,
        items.region_code,
        businesses.ikm_id,
        sum(items.fob_usd) as fob_usd
    from fct_export_item as items
    inner join bridge_party_business as businesses on items.exporter_party_key = businesses.party_key
    where items.is_in_scope and items.registered_on between date '2023-01-01' and date '2023-12-31'
    group by items.is_synthetic, items.region_code, businesses.ikm_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by is_synthetic, region_code
            order by ikm_id = 'unknown', fob_usd desc, ikm_id
        ) as place
    from exporters
)

select
    ranked.is_synthetic,
    regions.region_name,
    count(*) filter (where ranked.ikm_id <> 'unknown') as exporters,
    sum(ranked.fob_usd) as fob_usd,
    cast(
        100 * sum(ranked.fob_usd) filter (where ranked.place <= 3 and ranked.ikm_id <> 'unknown')
        / nullif(sum(ranked.fob_usd), 0) as decimal(5, 1)
    ) as top3_share_pct
from ranked
inner join dim_region as regions on ranked.region_code = regions.region_code
group by ranked.is_synthetic, regions.region_name
order by ranked.is_synthetic, top3_share_pct desc, regions.region_name
