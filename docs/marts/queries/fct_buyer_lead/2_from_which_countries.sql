-- From which countries do buyers come, and from which did they order or buy?
-- Dari negara mana calon pembeli berasal, dan dari mana yang memesan atau membeli?
select
    leads.is_synthetic,
    countries.country_name_id,
    count(*) as leads,
    count(*) filter (where leads.stage in ('order', 'sale')) as orders_and_sales
from fct_buyer_lead as leads
inner join dim_country as countries on leads.buyer_country_code = countries.country_code
group by leads.is_synthetic, countries.country_name_id
order by leads.is_synthetic, leads desc, countries.country_name_id
