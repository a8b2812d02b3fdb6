-- To which countries do goods of named makers go, year by year?
-- Ke negara mana barang produsen yang disebut di PEB dikirim, dari tahun ke tahun?
select
    is_synthetic,
    year(registered_on) as year,
    destination_country_code,
    count(distinct maker_party_key) as makers,
    sum(fob_usd) as fob_usd
from bridge_export_item_producer
where is_in_scope
group by is_synthetic, year(registered_on), destination_country_code
order by is_synthetic, year, fob_usd desc, destination_country_code
