-- How many rows of each feed are complete and valid, over all agencies?
-- Berapa baris tiap jenis data yang lengkap dan sah, dari semua instansi?
select
    feed,
    count(*) as agencies,
    sum(completeness_numerator) as complete_rows,
    sum(validity_numerator) as valid_rows,
    sum(validity_denominator) as rows_read,
    sum(validity_numerator) * 100 // nullif(sum(validity_denominator), 0) as valid_pct
from mart_agency_scorecard
where feed <> ''
group by feed
order by feed
