-- What did each check find last, and what may it find at most?
-- Apa yang terakhir ditemukan setiap pemeriksaan, dan berapa batasnya?
select
    step,
    table_name,
    check_name,
    feed,
    agency,
    subject,
    observed,
    limit_low,
    limit_high,
    status
from mart_data_quality
where observed is not null
window newest_first as (
    partition by step, table_name, check_name, feed, agency order by checked_at desc, run_id desc
)
qualify row_number() over newest_first = 1
order by limit_low is null and limit_high is null, step, table_name, check_name, feed, agency
