-- After how many months does no figure of a city change any more?
-- Setelah berapa bulan tidak ada lagi angka kota/kabupaten yang berubah?
select
    basis,
    is_synthetic,
    lag_months,
    count(*) as figures,
    count(*) filter (where change_since_usd <> 0) as figures_that_change_later,
    sum(abs(change_since_usd)) as moved_later_usd
from mart_revision_triangle
where place_level = 'city'
group by basis, is_synthetic, lag_months
order by basis, is_synthetic, lag_months
