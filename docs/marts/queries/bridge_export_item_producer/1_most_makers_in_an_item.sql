-- Which declared items ship for the most makers, and how was their value divided?
-- Barang PEB mana yang paling banyak produsennya, dan bagaimana nilainya dibagi?
select
    is_synthetic,
    nomor_aju,
    item_number,
    allocation_method,
    is_assumed,
    count(*) as makers,
    currency,
    sum(stated_fob) as stated_fob
from bridge_export_item_producer
group by is_synthetic, nomor_aju, item_number, allocation_method, is_assumed, currency
order by makers desc, stated_fob desc, nomor_aju, item_number
limit 10
