-- How did Kota Depok's exporters, products and markets develop?
-- Bagaimana perkembangan eksportir, produk, dan pasar Kota Depok?
select basis, is_synthetic, year, months_covered, exporters, entrants, exiters, products, markets, fob_usd, flags
from mart_exporter_dynamics
where place_level = 'city' and place_code = '32.76'
order by basis, is_synthetic, year
