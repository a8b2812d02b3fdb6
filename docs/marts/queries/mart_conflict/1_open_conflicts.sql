-- Which contradictions wait for a decision, and which files say so?
-- Pertentangan mana yang menunggu keputusan, dan berkas mana yang memuatnya?
select
    conflicts.feed,
    conflicts.conflict_key,
    conflicts.is_synthetic,
    conflicts.is_standing,
    agencies.agency_name,
    conflicts.file_name,
    conflicts.conflict_rows,
    conflicts.differing_columns
from mart_conflict as conflicts
inner join dim_agency as agencies on conflicts.agency_code = agencies.agency_code
where conflicts.conflict_status = 'open'
order by conflicts.feed, conflicts.conflict_key, conflicts.is_standing desc, conflicts.load_id
