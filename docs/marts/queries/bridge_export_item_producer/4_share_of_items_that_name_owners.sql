-- What part of a year's declared exports comes from items that name owners, and how much of it was divided by guess?
-- Berapa bagian ekspor PEB setahun yang menyebut pemilik barang, dan berapa yang dibagi menurut perkiraan?
with declared as (
    select is_synthetic, year(registered_on) as year, count(*) as items, sum(fob_usd) as fob_usd
    from fct_export_item
    group by is_synthetic, year(registered_on)
),

owned as (
    select
        is_synthetic,
        year(registered_on) as year,
        count(distinct concat(nomor_aju, '-', item_number)) as items_with_owners,
        sum(fob_usd) as owned_usd,
        sum(fob_usd) filter (where is_assumed) as assumed_usd
    from bridge_export_item_producer
    group by is_synthetic, year(registered_on)
)

select
    declared.is_synthetic,
    declared.year,
    declared.items,
    coalesce(owned.items_with_owners, 0) as items_with_owners,
    declared.fob_usd,
    coalesce(owned.owned_usd, 0) as owned_usd,
    coalesce(owned.assumed_usd, 0) as assumed_usd
from declared
left join owned on declared.is_synthetic = owned.is_synthetic and declared.year = owned.year
order by declared.is_synthetic, declared.year
