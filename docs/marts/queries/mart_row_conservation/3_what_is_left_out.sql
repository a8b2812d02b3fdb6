-- Which files are left out as a whole (held, withdrawn, superseded, rejected), and how many rows wait there?
-- Berkas mana yang seluruhnya tidak dihitung (ditahan, ditarik, digantikan, ditolak), dan berapa barisnya?
select load_status, agency_code, feed, file_name, rows_read, rows_quarantined, rows_left_out
from mart_row_conservation
where load_status <> 'loaded'
order by load_status, agency_code, feed, file_name
