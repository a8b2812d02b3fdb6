-- Whose files contradict others, and how often does their version stand?
-- Berkas instansi mana yang bertentangan dengan yang lain, dan seberapa sering versinya yang berlaku?
select
    agency_code,
    feed,
    is_synthetic,
    count(*) as contradictions,
    count(*) filter (where is_standing) as standing,
    count(*) filter (where conflict_status = 'open') as still_open
from mart_conflict
group by agency_code, feed, is_synthetic
order by contradictions desc, agency_code, feed
