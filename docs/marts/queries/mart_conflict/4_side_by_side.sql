-- Which file stands in each contradiction, and which are set aside for it?
-- Berkas mana yang berlaku dalam tiap pertentangan, dan mana yang dikesampingkan?
select
    standing.feed,
    standing.conflict_key,
    standing.is_synthetic,
    standing.conflict_status,
    standing.file_name as standing_file,
    aside.file_name as file_set_aside,
    aside.differing_columns
from mart_conflict as standing
inner join mart_conflict as aside
    on
        standing.feed = aside.feed
        and standing.conflict_key = aside.conflict_key
        and standing.is_synthetic = aside.is_synthetic
where standing.is_standing and not aside.is_standing
order by standing.feed, standing.conflict_key, aside.load_id
