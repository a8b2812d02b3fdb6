-- How many businesses came to one event, to two, to three or more?
-- Berapa usaha yang ikut satu acara, dua acara, tiga acara atau lebih?
with

businesses as (
    select is_synthetic, party_key, count(distinct event_code) as events
    from fct_exhibition_participation
    where party_key <> 'unknown'
    group by is_synthetic, party_key
)

select is_synthetic, events, count(*) as businesses
from businesses
group by is_synthetic, events
order by is_synthetic, events
