-- What did each check find last, and what may it find?
-- Apa yang terakhir ditemukan setiap pemeriksaan, dan berapa batasnya?
with

numbered as (
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
        status,
        row_number() over (
            partition by step, table_name, check_name, feed, agency order by checked_at desc, run_id desc
        ) as newest_first
    from mart_data_quality
    where observed is not null
)

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
from numbered
where newest_first = 1
order by limit_low is null and limit_high is null, step, table_name, check_name, feed, agency
