-- How much of what was due in a month of 2024 came by its day?
-- Berapa banyak kiriman yang jatuh tempo tiap bulan pada tahun 2024 datang tepat waktu?
select
    cast(date_trunc('month', due_on) as date) as month,
    feed,
    is_synthetic,
    count(*) as due,
    count(*) filter (where delivery_status in ('on_time', 'nil_return')) as by_its_day,
    count(*) filter (where delivery_status in ('late', 'missing')) as after_it_or_not
from mart_feed_delivery
where due_on between date '2024-01-01' and date '2024-12-31'
group by month, feed, is_synthetic
order by month, feed
