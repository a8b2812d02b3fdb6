-- How much of what came in was later corrected, cancelled, replaced or sent twice?
-- Berapa banyak yang masuk kemudian dibetulkan, dibatalkan, diganti, atau terkirim dua kali?
select
    feed,
    sum(rows_accepted) as rows_accepted,
    sum(rows_superseded) as rows_superseded,
    sum(rows_cancelled) as rows_cancelled,
    sum(rows_replaced) as rows_replaced,
    sum(rows_duplicate) as rows_duplicate,
    cast(100 * sum(rows_superseded + rows_cancelled + rows_replaced) / nullif(sum(rows_accepted), 0) as decimal(5, 1))
        as no_longer_current_pct
from mart_row_conservation
group by feed
order by no_longer_current_pct desc, feed
