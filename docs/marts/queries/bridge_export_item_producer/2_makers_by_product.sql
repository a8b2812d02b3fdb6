-- Which products do makers sell that ship through others?
-- Produk apa yang dijual produsen yang ekspornya lewat eksportir lain?
select
    bridge_export_item_producer.is_synthetic,
    bridge_export_item_producer.hs_code,
    count(distinct makers.ikm_id) as makers,
    sum(bridge_export_item_producer.fob_usd) as fob_usd
from bridge_export_item_producer
inner join bridge_party_business as makers on bridge_export_item_producer.maker_party_key = makers.party_key
inner join bridge_party_business as exporters on bridge_export_item_producer.exporter_party_key = exporters.party_key
where makers.ikm_id <> exporters.ikm_id and bridge_export_item_producer.is_in_scope
group by bridge_export_item_producer.is_synthetic, bridge_export_item_producer.hs_code
order by bridge_export_item_producer.is_synthetic, fob_usd desc, bridge_export_item_producer.hs_code
