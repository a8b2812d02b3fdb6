-- How many days late is a delivery of each feed that comes late, half of the time and at most?
-- Berapa hari keterlambatan tiap jenis data, separuhnya dan paling lama?
select
    feed,
    is_synthetic,
    count(*) as late,
    quantile_disc(days_late, 0.5) as half_within_days,
    max(days_late) as most_days
from mart_feed_delivery
where delivery_status = 'late'
group by feed, is_synthetic
order by half_within_days desc, feed
