-- Of the makers that Depok's office trained in 2022, how many are seen exporting in 12 months, against those waiting?
-- Dari perajin yang dilatih dinas Depok tahun 2022, berapa tercatat mengekspor dalam 12 bulan, dibanding yang menunggu?
select
    is_synthetic,
    measure,
    arm,
    members,
    counted,
    exported,
    not_seen,
    unlinkable,
    share_pct,
    share_least_pct,
    share_most_pct,
    wilson_low_pct,
    wilson_high_pct,
    difference_pct,
    difference_low_pct,
    difference_high_pct,
    no_difference_reason,
    flags
from mart_programme_outcome
where
    breakdown = 'office'
    and breakdown_code = 'disdagin-depok'
    and cohort = '2022'
    and horizon_months = 12
    and arm in ('trained', 'waiting')
order by is_synthetic, measure, arm
