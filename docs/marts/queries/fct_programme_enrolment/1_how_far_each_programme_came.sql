-- How far did the businesses of each programme come?
-- Sampai mana peserta tiap program melangkah?
select
    is_synthetic,
    agency_code,
    programme_code,
    count(*) as listed,
    count(enrolled_on) as enrolled,
    count(trained_on) as trained,
    count(assessed_on) as assessed,
    count(ready_on) as ready,
    count(exhibited_on) as exhibited,
    count(first_lead_on) as with_a_lead,
    count(first_order_on) as with_an_order,
    count(first_export_on) as seen_exporting
from fct_programme_enrolment
group by is_synthetic, agency_code, programme_code
order by is_synthetic, agency_code, programme_code
