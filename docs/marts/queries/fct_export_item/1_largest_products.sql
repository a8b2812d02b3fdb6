-- Which products did Kota Depok export most in 2024, by chapter of the HS?
-- Produk apa yang paling banyak diekspor Kota Depok pada 2024, menurut bab HS?
select
    items.is_synthetic,
    products.hs2_code,
    products.chapter_name_id,
    sum(items.fob_usd) as fob_usd,
    count(distinct businesses.ikm_id) filter (where businesses.ikm_id <> 'unknown') as exporters
from fct_export_item as items
inner join dim_product as products on items.hs_code = products.hs_code
inner join bridge_party_business as businesses on items.exporter_party_key = businesses.party_key
where
    items.region_code = '32.76'
    and items.is_in_scope
    and items.registered_on between date '2024-01-01' and date '2024-12-31'
group by items.is_synthetic, products.hs2_code, products.chapter_name_id
order by items.is_synthetic, fob_usd desc
