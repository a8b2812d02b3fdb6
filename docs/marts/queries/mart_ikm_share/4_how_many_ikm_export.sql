-- How many IKM of each city export in their own name, and how many other exporters are there?
-- Berapa IKM tiap kota/kabupaten yang mengekspor atas namanya sendiri, dan berapa eksportir lainnya?
select
    basis,
    is_synthetic,
    place_name,
    period_start,
    exporters,
    exporters_unresolved,
    ikm_exporters,
    not_ikm_exporters,
    no_roster_exporters,
    ikm_exporters_share_pct
from mart_ikm_share
where place_level = 'city' and period_kind = 'year'
order by basis, is_synthetic, period_start, ikm_exporters desc, place_name
