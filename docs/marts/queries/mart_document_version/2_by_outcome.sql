-- How many documents with versions are current, superseded, cancelled or replaced?
-- Berapa dokumen berversi yang berlaku, digantikan versi baru, dibatalkan, atau diganti?
select
    feed,
    is_synthetic,
    outcome,
    count(distinct document_key) as documents,
    sum(document_rows) as document_rows
from mart_document_version
group by feed, is_synthetic, outcome
order by feed, is_synthetic, outcome
