-- How many businesses does one office foster, and how many do two? Each business counts once.
-- Berapa usaha dibina satu dinas, dan berapa oleh dua? Setiap usaha dihitung sekali.
select
    is_synthetic,
    offices,
    count(*) as businesses
from (
    select
        enrolments.is_synthetic,
        parties.ikm_id,
        count(distinct enrolments.agency_code) as offices
    from fct_programme_enrolment as enrolments
    inner join bridge_party_business as parties on enrolments.party_key = parties.party_key
    where enrolments.enrolled_on is not null
    group by enrolments.is_synthetic, parties.ikm_id
) as fostered
group by is_synthetic, offices
order by is_synthetic, offices
