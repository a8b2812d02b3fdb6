-- Who paid for the participants of each event?
-- Siapa yang membiayai peserta tiap acara?
select
    event_code,
    is_synthetic,
    funding_source,
    sum(participants) as participants,
    sum(funding_idr) as funding_idr
from fct_exhibition_participation
group by event_code, is_synthetic, funding_source
order by is_synthetic, event_code, funding_source
