-- In which currencies are exports declared, and by which rates did they become dollars?
-- Dalam mata uang apa ekspor dinyatakan, dan dengan kurs apa dijadikan dolar?
select
    is_synthetic,
    currency,
    coalesce(rate_source, '(dollars, or no rate)') as rate_source,
    count(*) as items,
    sum(stated_fob) as stated_fob,
    sum(fob_usd) as fob_usd,
    count(*) filter (where fob_usd is null) as items_without_rate
from fct_export_item
group by is_synthetic, currency, coalesce(rate_source, '(dollars, or no rate)')
order by is_synthetic, items desc, currency, rate_source
