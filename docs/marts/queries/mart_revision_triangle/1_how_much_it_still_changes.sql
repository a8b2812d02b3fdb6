-- How much does a month's figure of West Java still change after none, one, two, three months?
-- Seberapa besar angka bulanan Jawa Barat masih berubah setelah nol, satu, dua, tiga bulan?
select
    basis,
    is_synthetic,
    lag_months,
    count(*) as reference_months,
    sum(fob_usd) as fob_usd,
    sum(change_since_usd) as change_since_usd,
    min(change_since_pct) as smallest_change_pct,
    max(change_since_pct) as largest_change_pct
from mart_revision_triangle
where place_level = 'province' and place_code = '32' and lag_months <= 3
group by basis, is_synthetic, lag_months
order by basis, is_synthetic, lag_months
