-- About what do files contradict each other?
-- Tentang apa berkas-berkas itu saling bertentangan?
select
    feed,
    is_synthetic,
    coalesce(nullif(differing_columns, ''), '(other lines)') as what_differs,
    count(distinct conflict_key) as documents,
    sum(conflict_rows) as conflict_rows
from mart_conflict
group by feed, is_synthetic, coalesce(nullif(differing_columns, ''), '(other lines)')
order by documents desc, feed, what_differs
