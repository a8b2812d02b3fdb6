-- What is missing, and since when?
-- Apa yang belum dikirim, dan sejak kapan?
select
    agencies.agency_name,
    delivery.feed,
    delivery.period_from,
    delivery.due_on,
    delivery.days_late,
    delivery.source,
    delivery.is_synthetic
from mart_feed_delivery as delivery
inner join dim_agency as agencies on delivery.agency_code = agencies.agency_code
where delivery.delivery_status = 'missing'
order by delivery.due_on desc, agencies.agency_name, delivery.feed
