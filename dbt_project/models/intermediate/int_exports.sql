{{ config(materialized='view') }}

with

export_items as (
    select * from {{ ref('fct_export_item') }}
),

certificate_items as (
    select * from {{ ref('fct_certificate_item') }}
),

final as (
    select
        'peb' as basis,
        is_synthetic,
        region_code,
        {{ month_of('registered_on') }} as export_month,
        {{ hash_of(['nomor_aju']) }} as document_hash,
        case when exporter_party_key is not null then {{ hash_of(['exporter_party_key']) }} end as exporter_hash,
        fob_usd,
        fob_idr,
        net_weight_kg,
        fob_usd is null as lacks_rate,
        is_in_scope
    from export_items
    union all
    select
        'ska' as basis,
        is_synthetic,
        region_code,
        {{ month_of('issued_on') }} as export_month,
        {{ hash_of(['certificate_number']) }} as document_hash,
        case when exporter_party_key is not null then {{ hash_of(['exporter_party_key']) }} end as exporter_hash,
        value_usd as fob_usd,
        cast(null as decimal(18, 2)) as fob_idr,
        net_weight_kg,
        stated_value is not null and value_usd is null as lacks_rate,
        true as is_in_scope
    from certificate_items
)

select * from final
