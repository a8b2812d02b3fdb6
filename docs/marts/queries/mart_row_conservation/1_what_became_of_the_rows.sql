-- What became of the rows that each office sent?
-- Apa yang terjadi dengan baris-baris yang dikirim tiap instansi?
select
    agencies.agency_name,
    rows_of_files.feed,
    count(*) as files,
    sum(rows_of_files.rows_read) as rows_read,
    sum(rows_of_files.rows_skipped) as rows_skipped,
    sum(rows_of_files.rows_quarantined) as rows_quarantined,
    sum(rows_of_files.rows_accepted) as rows_accepted,
    sum(rows_of_files.rows_current) as rows_current
from mart_row_conservation as rows_of_files
inner join dim_agency as agencies on rows_of_files.agency_code = agencies.agency_code
group by agencies.agency_name, rows_of_files.feed
order by agencies.agency_name, rows_of_files.feed
