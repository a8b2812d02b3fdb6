-- Which documents went, and does another one say that it replaces them?
-- Dokumen mana yang gugur, dan adakah dokumen lain yang menggantikannya?
select distinct
    gone.feed,
    gone.is_synthetic,
    gone.document_key,
    gone.outcome,
    followers.document_key as replaced_by
from mart_document_version as gone
left join mart_document_version as followers
    on
        gone.feed = followers.feed
        and gone.is_synthetic = followers.is_synthetic
        and gone.document_key = followers.replaces_document_key
where gone.outcome in ('cancelled', 'replaced')
order by gone.feed, gone.is_synthetic, gone.document_key, gone.outcome, replaced_by
