-- What does BPS say for each month of 2023, what do the declarations say, and why do they differ?
-- Apa kata BPS untuk tiap bulan 2023, apa kata PEB, dan mengapa berbeda?
select
    is_synthetic,
    province_code,
    export_month,
    commodity_group,
    bps_usd,
    peb_usd,
    difference_usd,
    peb_to_bps_pct,
    why_id
from mart_bps_reconciliation
where export_month between date '2023-01-01' and date '2023-12-01'
order by is_synthetic, province_code, commodity_group, export_month
