-- How far apart are the rate sources for the same amount?
-- Seberapa jauh perbedaan antarsumber kurs untuk jumlah yang sama?
select
    is_synthetic,
    figure_id,
    stated_amount,
    stated_currency,
    count(*) as rate_sources,
    min(converted_idr) as lowest_idr,
    max(converted_idr) as highest_idr,
    max(converted_idr) - min(converted_idr) as apart_idr
from mart_reported_amount
where converted_idr is not null
group by is_synthetic, figure_id, stated_amount, stated_currency
order by is_synthetic, figure_id
