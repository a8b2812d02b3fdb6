-- How far did the leads of each event come?
-- Sejauh mana tindak lanjut calon pembeli dari tiap acara?
select leads.event_code, events.event_name, leads.is_synthetic, leads.stage, count(*) as leads
from fct_buyer_lead as leads
inner join dim_event as events on leads.event_code = events.event_code and leads.is_synthetic = events.is_synthetic
group by leads.event_code, events.event_name, leads.is_synthetic, leads.stage
order by leads.is_synthetic, leads.event_code, leads.stage
