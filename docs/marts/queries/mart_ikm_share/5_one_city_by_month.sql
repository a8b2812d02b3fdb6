-- How did the share of IKM in Kota Depok's exports run month by month?
-- Bagaimana bagian IKM dalam ekspor Kota Depok dari bulan ke bulan?
select basis, is_synthetic, period_start, fob_usd, ikm_usd, not_ikm_usd, no_roster_usd, ikm_share_pct
from mart_ikm_share
where place_level = 'city' and place_code = '32.76' and period_kind = 'month'
order by basis, is_synthetic, period_start
