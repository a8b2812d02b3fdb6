-- Do the differences of the months even out over the year?
-- Apakah selisih bulanan saling meniadakan sepanjang tahun?
select
    is_synthetic,
    province_code,
    commodity_group,
    export_month,
    peb_to_bps_pct,
    bps_year_to_date_usd,
    peb_year_to_date_usd,
    peb_to_bps_year_to_date_pct
from mart_bps_reconciliation
where bps_year_to_date_usd is not null
order by is_synthetic, province_code, commodity_group, export_month
