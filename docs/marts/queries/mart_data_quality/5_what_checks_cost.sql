-- How long did the checks of each table take in the slowest run?
-- Berapa lama pemeriksaan setiap tabel pada proses yang paling lambat?
select
    step,
    table_name,
    max(seconds) as slowest_seconds,
    max(rows_checked) as most_rows_checked
from mart_data_quality
group by step, table_name
order by slowest_seconds desc, table_name
