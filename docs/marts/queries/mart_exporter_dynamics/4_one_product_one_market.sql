-- Which cities hang on one product or one market (index above 2,500)?
-- Kota/kabupaten mana yang bergantung pada satu produk atau satu pasar (indeks di atas 2.500)?
select basis, is_synthetic, place_name, year, products, hhi_products, markets, hhi_markets
from mart_exporter_dynamics
where place_level = 'city' and year = 2023 and (hhi_products > 2500 or hhi_markets > 2500)
order by basis, is_synthetic, hhi_products desc, place_name
