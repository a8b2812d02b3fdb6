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
        {{ month_of('registered_on') }} as export_month,
        is_in_scope,
        coalesce(exporter_party_key, 'unknown') as exporter_party_key,
        {{ hash_of(['nomor_aju']) }} as document_hash,
        fob_usd,
        fob_idr,
        net_weight_kg,
        fob_usd is null as lacks_rate
    from export_items
    union all
    select
        'ska' as basis,
        is_synthetic,
        region_code,
        {{ month_of('issued_on') }} as export_month,
        true as is_in_scope,
        coalesce(exporter_party_key, 'unknown') as exporter_party_key,
        {{ hash_of(['certificate_number']) }} as document_hash,
        value_usd as fob_usd,
        cast(null as decimal(18, 2)) as fob_idr,
        net_weight_kg,
        stated_value is not null and value_usd is null as lacks_rate
    from certificate_items
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        exporter_party_key,
        cast(sum(fob_usd) as decimal(24, 2)) as fob_usd,
        cast(sum(fob_idr) as decimal(24, 2)) as fob_idr,
        cast(sum(net_weight_kg) as decimal(24, 4)) as net_weight_kg,
        count(*) as items,
        count(*) filter (where lacks_rate) as items_without_rate,
        count(distinct document_hash) as documents
    from items
    group by basis, is_synthetic, region_code, export_month, is_in_scope, exporter_party_key
)

select * from final
