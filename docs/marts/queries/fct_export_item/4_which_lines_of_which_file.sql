-- From which lines of which files does a city's figure of one month come?
-- Dari baris dan berkas mana angka suatu kota pada satu bulan berasal?
select
    items.is_synthetic,
    files.file_name,
    items.sheet,
    items.row_number,
    items.nomor_aju,
    items.item_number,
    items.currency,
    items.stated_fob,
    items.fob_usd,
    items.rate_source,
    items.rate_date
from fct_export_item as items
inner join dim_source_file as files on items.load_id = files.load_id
where
    items.region_code = '32.76'
    and items.is_in_scope
    and items.registered_on between date '2024-09-01' and date '2024-09-30'
order by items.is_synthetic, files.file_name, items.sheet, items.row_number, items.nomor_aju, items.item_number
