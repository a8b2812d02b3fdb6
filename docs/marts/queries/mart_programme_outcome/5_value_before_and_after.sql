-- What did those who export sell in a year before and a year after enrolment? Empty where fewer than three sold.
-- Berapa nilai ekspor setahun sebelum dan sesudah ikut program? Kosong bila kurang dari tiga usaha.
select
    is_synthetic,
    breakdown_code as agency_code,
    cohort,
    valued,
    median_before_usd,
    median_after_usd,
    rising_share_pct
from mart_programme_outcome
where breakdown = 'office' and arm = 'enrolled' and horizon_months = 12 and measure = 'export'
order by is_synthetic, agency_code, cohort
