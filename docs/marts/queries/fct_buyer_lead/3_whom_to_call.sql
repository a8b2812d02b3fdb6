-- Which leads wait for somebody to follow up, the oldest first?
-- Calon pembeli mana yang menunggu ditindaklanjuti, dari yang paling lama?
select leads.is_synthetic, leads.recorded_on, leads.lead_id, regions.region_name, leads.stage, leads.as_stated
from fct_buyer_lead as leads
inner join dim_region as regions on leads.region_code = regions.region_code
where leads.stage in ('interest', 'catalogue_requested', 'sample_sent', 'quotation')
order by leads.is_synthetic, leads.recorded_on, leads.lead_id
