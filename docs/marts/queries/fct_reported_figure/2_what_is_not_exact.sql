-- Which stated figures are not exact: about, a range, expected, or only an example?
-- Angka mana yang tidak pasti: sekitar, rentang, perkiraan, atau hanya contoh?
select is_synthetic, value_precision, report_code, subject, value, value_low, value_high, unit, as_stated
from fct_reported_figure
where value_precision <> 'exact'
order by is_synthetic, value_precision, figure_id
