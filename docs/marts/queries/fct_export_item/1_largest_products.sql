-- Which products did Kota Depok export most in 2024, by chapter of the HS?
-- Produk apa yang paling banyak diekspor Kota Depok pada 2024, menurut bab HS?
select
    items.is_synthetic,
    products.hs2_code,
    products.chapter_name_id,
    sum(items.fob_usd) as fob_usd,
    count(distinct items.exporter_party_key) as exporters
from fct_export_item as items
inner join dim_product as products on items.hs_code = products.hs_code
where
    items.region_code = '32.76'
    and items.is_in_scope
    and items.registered_on between date '2024-01-01' and date '2024-12-31'
group by items.is_synthetic, products.hs2_code, products.chapter_name_id
order by items.is_synthetic, fob_usd desc
