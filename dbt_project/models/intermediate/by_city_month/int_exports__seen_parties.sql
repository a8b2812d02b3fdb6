{{ config(materialized='table', incremental_strategy=none, meta={'changed_in': none}) }}
-- A stand-in of helper prog until the model of helper makers comes: exporters stand for their makers.

with

export_items as (
    select * from {{ ref('fct_export_item') }}
),

certificate_items as (
    select * from {{ ref('fct_certificate_item') }}
),

items as (
    select
        'peb' as basis,
        is_synthetic,
        region_code,
        registered_on as exported_on,
        is_in_scope,
        exporter_party_key,
        exporter_party_key as maker_party_key,
        nomor_aju as document_key,
        fob_usd
    from export_items
    union all
    select
        'ska' as basis,
        is_synthetic,
        region_code,
        issued_on as exported_on,
        true as is_in_scope,
        exporter_party_key,
        case when maker_party_key = 'unknown' then exporter_party_key else maker_party_key end as maker_party_key,
        certificate_number as document_key,
        value_usd as fob_usd
    from certificate_items
),

in_roles as (
    select items.*, 'exporter' as role, -- noqa: RF04
        items.exporter_party_key as party_key
    from items
    union all
    select items.*, 'maker' as role, -- noqa: RF04
        items.maker_party_key as party_key
    from items
),

placed as (
    select
        *,
        {{ month_of('exported_on') }} as export_month,
        first_value(document_key) over (
            partition by
                basis, is_synthetic, region_code, {{ month_of('exported_on') }}, is_in_scope, party_key, role
            order by exported_on, document_key
        ) as first_document_key
    from in_roles
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        party_key,
        role,
        first_document_key,
        count(distinct document_key) as documents,
        min(exported_on) as first_exported_on,
        cast(sum(coalesce(fob_usd, 0)) as decimal(24, 2)) as fob_usd
    from placed
    group by basis, is_synthetic, region_code, export_month, is_in_scope, party_key, role, first_document_key
)

select * from final
