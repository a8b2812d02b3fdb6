-- In each programme (by its code, not ranked), how many of those trained are seen exporting within a year?
-- Di tiap program (menurut kode, tidak diperingkat), berapa peserta terlatih tercatat mengekspor dalam setahun?
select
    outcomes.is_synthetic,
    outcomes.breakdown_code as programme_code,
    programmes.programme_name,
    outcomes.members,
    outcomes.mature,
    outcomes.counted,
    outcomes.exported,
    outcomes.unlinkable,
    outcomes.share_least_pct,
    outcomes.share_pct,
    outcomes.share_most_pct,
    outcomes.flags
from mart_programme_outcome as outcomes
inner join dim_programme as programmes
    on outcomes.breakdown_code = programmes.programme_code and outcomes.is_synthetic = programmes.is_synthetic
where
    outcomes.breakdown = 'programme'
    and outcomes.arm = 'trained'
    and outcomes.cohort = 'all'
    and outcomes.horizon_months = 12
    and outcomes.measure = 'export'
order by outcomes.is_synthetic, programme_code
