-- In which words, in which line of which file, does a report state an amount?
-- Dengan kata-kata apa, di baris dan berkas mana, laporan menyebut suatu jumlah?
select distinct
    amounts.is_synthetic,
    amounts.figure_id,
    amounts.as_stated,
    amounts.value_precision,
    files.file_name,
    amounts.sheet,
    amounts.row_number
from mart_reported_amount as amounts
inner join dim_source_file as files on amounts.load_id = files.load_id
order by amounts.is_synthetic, amounts.figure_id
