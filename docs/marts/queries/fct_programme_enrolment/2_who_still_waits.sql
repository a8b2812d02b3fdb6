-- How many wait for each programme, and since when?
-- Berapa yang masih menunggu tiap program, dan sejak kapan?
select
    is_synthetic,
    agency_code,
    programme_code,
    count(*) as waiting,
    min(listed_on) as longest_since,
    max(recorded_on) as list_of
from fct_programme_enrolment
where enrolment_status = 'waiting'
group by is_synthetic, agency_code, programme_code
order by is_synthetic, longest_since, agency_code, programme_code
