-- How many exporters of West Java began, went on and stopped, year by year?
-- Berapa eksportir Jawa Barat yang mulai, bertahan, dan berhenti, dari tahun ke tahun?
select
    basis,
    is_synthetic,
    year,
    is_whole_year,
    exporters,
    unresolved_share_pct,
    entrants,
    continuing,
    exiters,
    entry_rate_pct,
    exit_rate_pct,
    flags
from mart_exporter_dynamics
where place_level = 'province' and place_code = '32'
order by basis, is_synthetic, year
