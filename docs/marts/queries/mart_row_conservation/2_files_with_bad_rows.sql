-- Which files have rows in quarantine, the worst first?
-- Berkas mana yang barisnya dikarantina, dari yang terburuk?
select
    agency_code,
    feed,
    file_name,
    load_status,
    rows_read,
    rows_quarantined,
    cast(100 * rows_quarantined / rows_read as decimal(5, 1)) as quarantined_pct
from mart_row_conservation
where rows_quarantined > 0
order by quarantined_pct desc, rows_quarantined desc, file_name
