-- How many businesses came to one event, to two, to three or more?
-- Berapa usaha yang ikut satu acara, dua acara, tiga acara atau lebih?
with

businesses as (
    select stands.is_synthetic, parties.ikm_id, count(distinct stands.event_code) as events
    from fct_exhibition_participation as stands
    inner join bridge_party_business as parties on stands.party_key = parties.party_key
    where parties.ikm_id <> 'unknown'
    group by stands.is_synthetic, parties.ikm_id
)

select is_synthetic, events, count(*) as businesses
from businesses
group by is_synthetic, events
order by is_synthetic, events
