-- Certificates that stand in a later version: what do they say now?
-- SKA yang kini berlaku dalam versi perubahan: berapa nilainya sekarang?
select
    versions.is_synthetic,
    versions.document_key,
    versions.version_key,
    items.issued_on,
    items.region_code,
    sum(items.value_usd) as value_usd
from mart_document_version as versions
inner join fct_certificate_item as items
    on versions.document_key = items.certificate_number and versions.is_synthetic = items.is_synthetic
where versions.feed = 'ska' and versions.outcome = 'current' and versions.version_key <> ''
group by versions.is_synthetic, versions.document_key, versions.version_key, items.issued_on, items.region_code
order by versions.is_synthetic, versions.document_key, versions.version_key
