-- Whom did Cilegon's crafters meet at Inacraft 2023, and what came of it?
-- Siapa yang ditemui perajin Cilegon di Inacraft 2023, dan apa hasilnya?
select is_synthetic, lead_id, buyer_country_as_stated, stage, as_stated, recorded_on
from fct_buyer_lead
where event_code = 'INACRAFT-2023-1' and region_code = '36.72'
order by is_synthetic, lead_id
