-- What did those who export (three or more, else empty) sell in a year before and a year after enrolment?
-- Berapa nilai ekspor (tiga usaha atau lebih, bila kurang kosong) setahun sebelum dan sesudah ikut program?
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
