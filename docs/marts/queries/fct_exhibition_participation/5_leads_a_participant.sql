-- How many leads came of each event, beside the participants it had?
-- Berapa calon pembeli yang diperoleh tiap acara, dibandingkan dengan jumlah pesertanya?
with

participants as (
    select event_code, is_synthetic, sum(participants) as participants
    from fct_exhibition_participation
    group by event_code, is_synthetic
),

leads as (
    select event_code, is_synthetic, count(*) as leads
    from fct_buyer_lead
    group by event_code, is_synthetic
)

select
    participants.event_code,
    participants.is_synthetic,
    participants.participants,
    coalesce(leads.leads, 0) as leads
from participants
left join leads
    on participants.event_code = leads.event_code and participants.is_synthetic = leads.is_synthetic
order by participants.is_synthetic, participants.event_code
