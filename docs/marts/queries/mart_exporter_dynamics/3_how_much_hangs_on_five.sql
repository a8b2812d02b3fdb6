-- In which cities do the five largest exporters make nearly all of it?
-- Di kota/kabupaten mana lima eksportir terbesar menghasilkan hampir seluruhnya?
select basis, is_synthetic, place_name, year, exporters, fob_usd, top5_firms_usd, top5_firms_share_pct
from mart_exporter_dynamics
where place_level = 'city' and year = 2023 and top5_firms_share_pct >= 80
order by basis, is_synthetic, top5_firms_share_pct desc, place_name
