-- In which cities do the counts rest most on businesses known by name only, or under review?
-- Di kota/kabupaten mana jumlah eksportir paling bergantung pada usaha yang hanya dikenal namanya atau masih ditinjau?
select basis, is_synthetic, place_name, exporters, exporters_unresolved, unresolved_share_pct, unknown_exporter_usd
from mart_exporter_dynamics
where place_level = 'city' and year = 2023 and exporters > 0
order by basis, is_synthetic, unresolved_share_pct desc, exporters desc, place_name
