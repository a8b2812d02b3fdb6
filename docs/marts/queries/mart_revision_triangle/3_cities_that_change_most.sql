-- Which cities' figures changed most after the month was over?
-- Angka kota/kabupaten mana yang paling banyak berubah setelah bulannya berakhir?
select
    figures.basis,
    figures.is_synthetic,
    regions.region_name,
    count(*) filter (where figures.change_since_usd <> 0) as months_changed,
    sum(abs(figures.change_since_usd)) as moved_usd,
    sum(figures.change_since_usd) as change_since_usd
from mart_revision_triangle as figures
inner join dim_region as regions on figures.place_code = regions.region_code
where figures.place_level = 'city' and figures.lag_months = 0
group by figures.basis, figures.is_synthetic, regions.region_name
order by figures.basis, figures.is_synthetic, moved_usd desc, regions.region_name
