-- How much of West Java's exports is that of IKM, year by year, at least and at most?
-- Berapa bagian IKM dari ekspor Jawa Barat, dari tahun ke tahun, paling sedikit dan paling banyak?
select
    basis,
    is_synthetic,
    period_start,
    fob_usd,
    ikm_usd,
    ikm_share_pct,
    ikm_share_least_pct,
    ikm_share_most_pct
from mart_ikm_share
where place_level = 'province' and place_code = '32' and period_kind = 'year'
order by basis, is_synthetic, period_start
