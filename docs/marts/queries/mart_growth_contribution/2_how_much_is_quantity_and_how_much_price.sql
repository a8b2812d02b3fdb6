-- How much of each city's change in 2024 came with exporters, products and markets, quantity, and price?
-- Berapa perubahan tiap kota/kabupaten pada 2024 datang dari eksportir, barang dan tujuan, volume, dan harga?
select
    basis,
    is_synthetic,
    region_code,
    sum(change_usd) filter (where member_key = 'entering') as entering_usd,
    sum(change_usd) filter (where member_key = 'leaving') as leaving_usd,
    sum(change_usd) filter (where member_key = 'added') as added_usd,
    sum(change_usd) filter (where member_key = 'dropped') as dropped_usd,
    sum(change_usd) filter (where member_key = 'quantity') as quantity_usd,
    sum(change_usd) filter (where member_key = 'price') as price_usd,
    sum(change_usd) filter (where member_key = 'unsplit') as unsplit_usd,
    sum(change_usd) as change_usd
from mart_growth_contribution
where year = 2024 and decomposition = 'margin'
group by basis, is_synthetic, region_code
order by basis, is_synthetic, region_code
