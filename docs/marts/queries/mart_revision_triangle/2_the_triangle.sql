-- What did each month of 2024 come to at its end, one month and two months later, and today?
-- Berapa angka tiap bulan 2024 pada akhir bulannya, satu dan dua bulan kemudian, dan hari ini?
select
    basis,
    is_synthetic,
    reference_month,
    max(fob_usd) filter (where lag_months = 0) as fob_usd_at_once,
    max(fob_usd) filter (where lag_months = 1) as fob_usd_a_month_later,
    max(fob_usd) filter (where lag_months = 2) as fob_usd_two_months_later,
    max(latest_usd) as latest_usd
from mart_revision_triangle
where place_level = 'province' and place_code = '32' and reference_month >= date '2024-01-01'
group by basis, is_synthetic, reference_month
order by basis, is_synthetic, reference_month
