-- Which markets gained and lost most in West Java in 2024, over all its cities?
-- Negara tujuan mana yang paling naik dan turun di Jawa Barat pada 2024, dari semua kota/kabupatennya?
select
    parts.basis,
    parts.is_synthetic,
    countries.country_name_id,
    sum(parts.base_usd) as base_usd,
    sum(parts.current_usd) as current_usd,
    sum(parts.change_usd) as change_usd
from mart_growth_contribution as parts
inner join dim_country as countries on parts.member_key = countries.country_code
where parts.year = 2024 and parts.province_code = '32' and parts.decomposition = 'market'
group by parts.basis, parts.is_synthetic, countries.country_name_id
order by parts.basis, parts.is_synthetic, change_usd desc, countries.country_name_id
