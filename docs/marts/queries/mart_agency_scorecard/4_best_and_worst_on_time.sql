-- Which agencies deliver on time most often, and which least?
-- Instansi mana yang paling sering tepat waktu, dan mana yang paling jarang?
select
    agencies.agency_name,
    score.timeliness_pct,
    score.timeliness_numerator as on_time,
    score.timeliness_denominator as due,
    rank() over (order by score.timeliness_pct desc) as place
from mart_agency_scorecard as score
inner join dim_agency as agencies on score.agency_code = agencies.agency_code
where score.feed = '' and score.timeliness_pct is not null
order by place, agencies.agency_name
