-- How many checks of each feed did not hold, month by month?
-- Berapa pemeriksaan tiap jenis data yang tidak lolos, bulan demi bulan?
select
    cast(date_trunc('month', checked_at) as date) as month,
    feed,
    step,
    count(*) as checks,
    count(*) filter (where status = 'warned') as warned,
    count(*) filter (where status = 'failed') as failed
from mart_data_quality
where feed <> ''
group by month, feed, step
order by month, feed, step
