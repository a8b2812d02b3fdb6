-- What amounts do reports state, and what are they worth in rupiah by each rate source?
-- Jumlah uang berapa yang disebut laporan, dan berapa nilainya dalam rupiah menurut tiap sumber kurs?
select
    is_synthetic,
    subject,
    stated_amount,
    stated_currency,
    value_precision,
    rate_source,
    rate_date,
    converted_idr
from mart_reported_amount
order by is_synthetic, figure_id, rate_source
