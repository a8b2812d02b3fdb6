-- Of which groups can no difference from those waiting be told, and why?
-- Kelompok mana yang tidak bisa dibandingkan dengan yang menunggu, dan mengapa?
select
    is_synthetic,
    breakdown,
    breakdown_code,
    cohort,
    no_difference_reason,
    members,
    mature,
    is_withheld
from mart_programme_outcome
where arm = 'trained' and horizon_months = 12 and measure = 'export' and no_difference_reason is not null
order by is_synthetic, breakdown, breakdown_code, cohort
