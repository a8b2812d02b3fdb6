-- Which published figures are final, which provisional, and where were they printed?
-- Angka terbitan mana yang sudah tetap, mana yang sementara, dan di mana dicetak?
select
    is_synthetic,
    province_code,
    figure_status,
    publication,
    published_on,
    count(*) as months,
    min(export_month) as first_month,
    max(export_month) as last_month
from mart_bps_reconciliation
group by is_synthetic, province_code, figure_status, publication, published_on
order by is_synthetic, province_code, published_on, figure_status
