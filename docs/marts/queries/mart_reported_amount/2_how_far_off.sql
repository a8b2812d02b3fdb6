-- How far off are the rupiah that a report itself states for an amount in another currency?
-- Seberapa jauh rupiah yang disebut laporan sendiri dari hasil konversi menurut kurs?
select
    is_synthetic,
    subject,
    stated_amount,
    stated_currency,
    stated_idr,
    stated_idr_precision,
    rate_source,
    converted_idr,
    stated_idr_off_pct
from mart_reported_amount
where stated_idr is not null
order by is_synthetic, figure_id, rate_source
