-- In which cities do those who begin to export still export the year after?
-- Di kota/kabupaten mana eksportir yang baru mulai masih mengekspor pada tahun berikutnya?
select basis, is_synthetic, place_name, year, entrants, survivors, survival_rate_pct
from mart_exporter_dynamics
where place_level = 'city' and survivors is not null and entrants > 0
order by basis, is_synthetic, year, survival_rate_pct desc, place_name
