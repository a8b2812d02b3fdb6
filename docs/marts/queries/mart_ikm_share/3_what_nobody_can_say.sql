-- For how much of the exports can nobody say whether it is IKM, because a city has no roster?
-- Untuk berapa nilai ekspor tidak ada yang dapat mengatakan IKM atau bukan, karena kotanya belum punya daftar binaan?
select basis, is_synthetic, place_name, period_start, fob_usd, no_roster_usd, unknown_exporter_usd
from mart_ikm_share
where place_level = 'city' and period_kind = 'year' and no_roster_usd > 0
order by basis, is_synthetic, period_start, no_roster_usd desc, place_name
