-- In which months are the two furthest apart?
-- Pada bulan apa keduanya paling berbeda?
select
    is_synthetic,
    province_code,
    export_month,
    commodity_group,
    bps_usd,
    peb_usd,
    difference_usd,
    abs(peb_to_bps_pct - 100) as apart_pct
from mart_bps_reconciliation
where not_compared_reason is null
order by apart_pct desc, is_synthetic, province_code, export_month
limit 10
