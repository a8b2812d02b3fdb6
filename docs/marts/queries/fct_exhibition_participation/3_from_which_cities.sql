-- From which kota/kabupaten did participants come, year by year?
-- Dari kota/kabupaten mana peserta berasal, dari tahun ke tahun?
select
    stands.is_synthetic,
    regions.region_name,
    extract(year from stands.starts_on) as year,
    sum(stands.participants) as participants
from fct_exhibition_participation as stands
inner join dim_region as regions on stands.region_code = regions.region_code
group by stands.is_synthetic, regions.region_name, extract(year from stands.starts_on)
order by stands.is_synthetic, regions.region_name, year
