-- Which exporters made Kota Depok's growth in certificates in 2024?
-- Eksportir mana yang membentuk pertumbuhan SKA Kota Depok pada 2024?
select
    size_rank,
    member_key,
    entry_kind,
    base_usd,
    current_usd,
    change_usd,
    points
from mart_growth_contribution
where
    basis = 'ska'
    and year = 2024
    and region_code = '32.76'
    and decomposition = 'exporter'
order by is_synthetic, size_rank
