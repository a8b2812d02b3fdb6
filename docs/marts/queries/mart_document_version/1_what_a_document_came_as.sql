-- As which versions did corrected documents come, and from which file is each?
-- Dalam versi apa saja dokumen yang dibetulkan masuk, dan dari berkas mana?
select
    versions.feed,
    versions.is_synthetic,
    versions.document_key,
    versions.version_key,
    versions.outcome,
    files.file_name,
    versions.document_rows
from mart_document_version as versions
inner join dim_source_file as files on versions.load_id = files.load_id
where
    versions.document_key in (
        select superseded.document_key
        from mart_document_version as superseded
        where superseded.outcome = 'superseded'
    )
order by versions.feed, versions.document_key, versions.version_key, versions.load_id, versions.outcome
