-- Which amounts of money do reports state, in which currency, apart from anything converted?
-- Jumlah uang berapa yang disebut laporan, dalam mata uang apa, terpisah dari hasil konversi?
select is_synthetic, report_code, subject, value as stated_value, unit as currency, value_precision, as_stated
from fct_reported_figure
where unit in ('AUD', 'IDR', 'USD') and value is not null
order by is_synthetic, report_code, figure_id
