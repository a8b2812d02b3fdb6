-- How good are the data of each agency on the whole?
-- Seberapa baik data tiap instansi secara keseluruhan?
select
    agencies.agency_name,
    score.timeliness_pct,
    score.completeness_pct,
    score.validity_pct,
    score.consistency_pct,
    score.uniqueness_pct,
    score.window_from,
    score.window_to
from mart_agency_scorecard as score
inner join dim_agency as agencies on score.agency_code = agencies.agency_code
where score.feed = ''
order by agencies.agency_name
