-- From which files do the parts of a city's makers come?
-- Dari berkas mana bagian produsen sebuah kota berasal?
select
    bridge_export_item_producer.is_synthetic,
    dim_source_file.file_name,
    count(distinct bridge_export_item_producer.maker_party_key) as makers,
    sum(bridge_export_item_producer.fob_usd) as fob_usd
from bridge_export_item_producer
inner join dim_source_file on bridge_export_item_producer.load_id = dim_source_file.load_id
where bridge_export_item_producer.region_code = '32.76'
group by bridge_export_item_producer.is_synthetic, dim_source_file.file_name
order by bridge_export_item_producer.is_synthetic, dim_source_file.file_name
limit 20
