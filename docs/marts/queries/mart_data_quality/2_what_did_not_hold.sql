-- Which checks did not hold, in how many rows, and who answers for them?
-- Pemeriksaan mana yang tidak lolos, pada berapa baris, dan siapa penanggung jawabnya?
select
    quality.checked_at,
    quality.step,
    quality.table_name,
    quality.check_name,
    agencies.agency_name,
    quality.status,
    quality.rows_failed,
    quality.rows_checked,
    quality.owner,
    quality.reason
from mart_data_quality as quality
left join dim_agency as agencies on quality.agency_code = agencies.agency_code
where quality.status <> 'passed'
order by quality.checked_at desc, quality.table_name, quality.check_name, agencies.agency_name
