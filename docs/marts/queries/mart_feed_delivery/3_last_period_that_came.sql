-- What is the newest period that each agency delivered?
-- Periode terakhir mana yang sudah dikirim tiap instansi?
select
    feed,
    agency_code,
    is_synthetic,
    max(period_from) filter (where delivery_status <> 'missing') as last_period_from,
    max(landed_on) as last_landed_on,
    count(*) filter (where delivery_status = 'missing') as missing
from mart_feed_delivery
group by feed, agency_code, is_synthetic
order by feed, agency_code
