-- How did Kota Depok's exports run month by month, against the same month a year before?
-- Bagaimana ekspor Kota Depok dari bulan ke bulan, dibandingkan dengan bulan yang sama tahun sebelumnya?
with

city as (
    select * from mart_city_export_month
    where region_code = '32.76'
)

select
    city.basis,
    city.is_synthetic,
    city.month,
    city.fob_usd,
    year_before.fob_usd as fob_usd_year_before,
    city.fob_usd - year_before.fob_usd as change_usd
from city
left join city as year_before
    on
        city.basis = year_before.basis
        and city.is_synthetic = year_before.is_synthetic
        and city.month = year_before.month + interval '12' month
order by city.basis, city.is_synthetic, city.month
