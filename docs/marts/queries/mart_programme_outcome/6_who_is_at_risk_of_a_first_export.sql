-- How many could export for the first time: who did before, and of whom is too little known of the time before?
-- Berapa yang bisa mengekspor untuk pertama kali: siapa yang sudah pernah, dan siapa yang masa lalunya tak terdata?
select
    is_synthetic,
    arm,
    cohort,
    mature,
    exported_before,
    history_too_short,
    counted,
    exported,
    share_pct
from mart_programme_outcome
where breakdown = 'all' and horizon_months = 12 and measure = 'first_export'
order by is_synthetic, arm, cohort
