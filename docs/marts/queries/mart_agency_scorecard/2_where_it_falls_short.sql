-- In which feeds does an agency fall short, and of what?
-- Pada jenis data mana sebuah instansi masih kurang, dan dalam hal apa?
select
    agency_code,
    feed,
    dimension,
    pct
from mart_agency_scorecard
unpivot (
    pct for dimension in (timeliness_pct, completeness_pct, validity_pct, consistency_pct, uniqueness_pct)
)
where feed <> '' and pct < 100
order by pct, agency_code, feed, dimension
