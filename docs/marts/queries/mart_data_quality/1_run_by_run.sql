-- How many checks held at each gate, run by run?
-- Berapa pemeriksaan yang lolos di setiap gerbang, dari proses ke proses?
select
    step,
    run_id,
    checked_at,
    count(*) filter (where status = 'passed') as passed,
    count(*) filter (where status = 'warned') as warned,
    count(*) filter (where status = 'failed') as failed
from mart_data_quality
group by step, run_id, checked_at
order by checked_at, step, run_id
