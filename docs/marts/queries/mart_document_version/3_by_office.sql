-- Whose files bring versions that no longer count?
-- Berkas instansi mana yang memuat versi yang tidak berlaku lagi?
select
    versions.feed,
    versions.is_synthetic,
    files.agency_code,
    count(distinct versions.document_key) as documents,
    sum(versions.document_rows) as document_rows
from mart_document_version as versions
inner join dim_source_file as files on versions.load_id = files.load_id
where versions.outcome <> 'current'
group by versions.feed, versions.is_synthetic, files.agency_code
order by documents desc, versions.feed, versions.is_synthetic, files.agency_code
