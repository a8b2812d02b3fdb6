-- Who paid for those enrolled, by sector and year?
-- Siapa yang membiayai peserta, menurut jenis industri dan tahun?
select
    enrolments.is_synthetic,
    extract(year from enrolments.enrolled_on) as year,
    sources.funding_source_name_id,
    enrolments.sector,
    count(*) as enrolled
from fct_programme_enrolment as enrolments
inner join dim_funding_source as sources on enrolments.funding_source_code = sources.funding_source_code
where enrolments.enrolled_on is not null
group by
    enrolments.is_synthetic,
    extract(year from enrolments.enrolled_on),
    sources.funding_source_name_id,
    enrolments.sector
order by enrolments.is_synthetic, year, sources.funding_source_name_id, enrolments.sector
