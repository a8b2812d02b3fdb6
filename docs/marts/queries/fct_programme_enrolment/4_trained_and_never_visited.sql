-- Which trained businesses has nobody visited since to see whether they are ready to export?
-- Usaha terlatih mana yang belum dikunjungi untuk dinilai kesiapan ekspornya?
select
    enrolments.is_synthetic,
    enrolments.agency_code,
    enrolments.programme_code,
    enrolments.enrolment_number,
    regions.region_name,
    enrolments.trained_on
from fct_programme_enrolment as enrolments
inner join dim_region as regions on enrolments.region_code = regions.region_code
where enrolments.trained_on is not null and enrolments.assessed_on is null
order by
    enrolments.is_synthetic,
    enrolments.trained_on,
    enrolments.agency_code,
    enrolments.programme_code,
    enrolments.enrolment_number
