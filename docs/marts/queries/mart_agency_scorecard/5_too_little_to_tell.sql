-- Which scores rest on fewer than thirty rows?
-- Nilai mana yang hanya didasarkan pada kurang dari tiga puluh baris?
select
    agency_code,
    feed,
    validity_pct,
    validity_denominator as rows_read,
    consistency_pct,
    consistency_denominator as rows_accepted
from mart_agency_scorecard
where feed <> '' and validity_denominator < 30
order by rows_read, agency_code, feed
