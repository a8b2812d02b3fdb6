-- Of all businesses, each once, how many does one office foster, and how many do two?
-- Dari semua usaha, masing-masing sekali, berapa dibina satu dinas, dan berapa oleh dua?
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
