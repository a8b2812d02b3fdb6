-- What are the orders and sales worth that state a value, by currency and year?
-- Berapa nilai pesanan dan penjualan yang menyebut nilainya, per mata uang dan tahun?
select
    is_synthetic,
    extract(year from recorded_on) as year,
    currency,
    count(*) as leads,
    sum(lead_value) as stated_value
from fct_buyer_lead
where stage in ('order', 'sale') and lead_value is not null
group by is_synthetic, extract(year from recorded_on), currency
order by is_synthetic, year, currency
