-- From which lists do the members come, and how new are they?
-- Dari daftar mana para peserta berasal, dan seberapa baru?
select
    enrolments.is_synthetic,
    enrolments.agency_code,
    files.file_name,
    max(enrolments.recorded_on) as recorded_on,
    count(*) as members
from fct_programme_enrolment as enrolments
inner join dim_source_file as files on enrolments.load_id = files.load_id
group by enrolments.is_synthetic, enrolments.agency_code, files.file_name
order by enrolments.is_synthetic, enrolments.agency_code, files.file_name
