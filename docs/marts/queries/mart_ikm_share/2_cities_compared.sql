-- In which cities is the share of IKM largest in 2023?
-- Di kota/kabupaten mana bagian IKM paling besar pada 2023?
select basis, is_synthetic, place_name, fob_usd, ikm_usd, ikm_share_pct, ikm_exporters, exporters
from mart_ikm_share
where place_level = 'city' and period_kind = 'year' and period_start = date '2023-01-01'
order by basis, is_synthetic, ikm_share_pct desc nulls last, place_name
