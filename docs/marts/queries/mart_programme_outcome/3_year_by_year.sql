-- How did it go for each year's trained makers, every business once?
-- Bagaimana hasil tiap angkatan tahunan, setiap usaha dihitung sekali?
select
    is_synthetic,
    cohort,
    horizon_months,
    members,
    not_mature,
    counted,
    exported,
    share_pct,
    wilson_low_pct,
    wilson_high_pct,
    flags
from mart_programme_outcome
where breakdown = 'all' and arm = 'trained' and measure = 'export'
order by is_synthetic, cohort, horizon_months
