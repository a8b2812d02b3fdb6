-- Does every row of every file have exactly one outcome?
-- Apakah setiap baris dari setiap berkas punya tepat satu nasib?
with

balances as (
    select
        *,
        rows_read - rows_skipped - rows_quarantined - rows_accepted as missing_at_intake,
        rows_accepted + rows_made - rows_current - rows_superseded - rows_cancelled - rows_replaced
        - rows_duplicate - rows_conflict - rows_invalid_correction - rows_unregistered - rows_left_out
            as missing_in_the_warehouse
    from mart_row_conservation
)

select
    feed,
    count(*) as files,
    sum(rows_read) as rows_read,
    sum(missing_at_intake) as missing_at_intake,
    sum(missing_in_the_warehouse) as missing_in_the_warehouse
from balances
group by feed
order by feed
