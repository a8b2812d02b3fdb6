-- Of the exporters that enter in 2024, how many are new, and what do they bring?
-- Dari eksportir yang masuk pada 2024, berapa yang benar-benar baru, dan berapa nilainya?
select
    basis,
    is_synthetic,
    entry_kind,
    count(*) as entries,
    sum(change_usd) as change_usd
from mart_growth_contribution
where year = 2024 and entry_kind is not null
group by basis, is_synthetic, entry_kind
order by basis, is_synthetic, entries desc, entry_kind
