-- How often does each agency deliver on time, late or not at all?
-- Seberapa sering tiap instansi mengirim tepat waktu, terlambat, atau tidak mengirim?
select
    agencies.agency_name,
    delivery.feed,
    delivery.is_synthetic,
    count(*) as due,
    count(*) filter (where delivery.delivery_status = 'on_time') as on_time,
    count(*) filter (where delivery.delivery_status = 'nil_return') as nil_returns,
    count(*) filter (where delivery.delivery_status = 'late') as late,
    count(*) filter (where delivery.delivery_status = 'missing') as missing
from mart_feed_delivery as delivery
inner join dim_agency as agencies on delivery.agency_code = agencies.agency_code
group by agencies.agency_name, delivery.feed, delivery.is_synthetic
order by agencies.agency_name, delivery.feed
