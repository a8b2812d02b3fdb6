-- What are the stated amounts worth in dollars, on which day's rate?
-- Berapa nilai jumlah yang disebut itu dalam dolar, dan dengan kurs tanggal berapa?
select
    is_synthetic,
    subject,
    stated_amount,
    stated_currency,
    valued_on,
    rate_source,
    rate_date,
    converted_usd
from mart_reported_amount
where converted_usd is not null or stated_currency = 'USD'
order by is_synthetic, figure_id, rate_source
