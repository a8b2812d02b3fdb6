-- How many participants went to each event, named businesses and unnamed groups apart?
-- Berapa peserta di tiap acara, usaha yang bernama dan rombongan tanpa nama dipisahkan?
select
    stands.event_code,
    events.event_name,
    events.starts_on,
    stands.is_synthetic,
    stands.participant_kind,
    sum(stands.participants) as participants
from fct_exhibition_participation as stands
inner join dim_event as events on stands.event_code = events.event_code and stands.is_synthetic = events.is_synthetic
group by stands.event_code, events.event_name, events.starts_on, stands.is_synthetic, stands.participant_kind
order by stands.is_synthetic, events.starts_on, stands.event_code, stands.participant_kind
