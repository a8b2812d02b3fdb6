-- From which line of which file does a printed figure come, and in which unit was it printed?
-- Dari baris dan berkas mana angka terbitan itu berasal, dan dalam satuan apa dicetak?
select
    figures.is_synthetic,
    figures.province_code,
    figures.export_month,
    figures.counted_at,
    figures.commodity_group,
    figures.stated_value,
    figures.value_unit,
    figures.bps_usd,
    files.file_name,
    figures.sheet,
    figures.row_number
from mart_bps_reconciliation as figures
inner join dim_source_file as files on figures.load_id = files.load_id
order by figures.is_synthetic, figures.province_code, figures.export_month, figures.counted_at, figures.commodity_group
