-- On how many exporters does a city's export of 2023 hang: what share have its three largest?
-- Pada berapa eksportir ekspor suatu kota tahun 2023 bergantung: berapa bagian tiga yang terbesar?
with

exporters as (
    select
        is_synthetic,
        region_code,
        exporter_party_key,
        sum(fob_usd) as fob_usd
    from fct_export_item
    where is_in_scope and registered_on between date '2023-01-01' and date '2023-12-31'
    group by is_synthetic, region_code, exporter_party_key
),

ranked as (
    select
        *,
        row_number() over (
            partition by is_synthetic, region_code
            order by fob_usd desc, exporter_party_key
        ) as place
    from exporters
)

select
    ranked.is_synthetic,
    regions.region_name,
    count(*) as exporters,
    sum(ranked.fob_usd) as fob_usd,
    cast(100 * sum(ranked.fob_usd) filter (where ranked.place <= 3) / nullif(sum(ranked.fob_usd), 0) as decimal(5, 1))
        as top3_share_pct
from ranked
inner join dim_region as regions on ranked.region_code = regions.region_code
group by ranked.is_synthetic, regions.region_name
order by ranked.is_synthetic, top3_share_pct desc, regions.region_name
