-- To which countries does West Java export, and how did that change from 2022 to 2023?
-- Ke negara mana Jawa Barat mengekspor, dan bagaimana perubahannya dari 2022 ke 2023?
with

markets as (
    select
        items.is_synthetic,
        countries.country_name_id,
        coalesce(sum(items.fob_usd) filter (where extract(year from items.registered_on) = 2022), 0) as fob_usd_2022,
        coalesce(sum(items.fob_usd) filter (where extract(year from items.registered_on) = 2023), 0) as fob_usd_2023
    from fct_export_item as items
    inner join dim_region as regions on items.region_code = regions.region_code
    inner join dim_country as countries on items.destination_country_code = countries.country_code
    where regions.province_code = '32' and items.is_in_scope
    group by items.is_synthetic, countries.country_name_id
)

select is_synthetic, country_name_id, fob_usd_2022, fob_usd_2023, fob_usd_2023 - fob_usd_2022 as change_usd
from markets
order by is_synthetic, fob_usd_2023 desc
