with

exporter_months as (
    select * from {{ ref('int_exports__exporter_months') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

-- A document has one exporter, so documents of a business's parties add up.
final as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        exporter_months.region_code,
        exporter_months.export_month,
        exporter_months.is_in_scope,
        businesses.ikm_id,
        bool_and(businesses.is_identified and not businesses.has_open_review) as is_resolved,
        sum(exporter_months.fob_usd) as fob_usd,
        sum(exporter_months.fob_idr) as fob_idr,
        sum(exporter_months.net_weight_kg) as net_weight_kg,
        cast(sum(exporter_months.items) as bigint) as items,
        cast(sum(exporter_months.items_without_rate) as bigint) as items_without_rate,
        cast(sum(exporter_months.documents) as bigint) as documents
    from exporter_months
    inner join businesses on exporter_months.exporter_party_key = businesses.party_key
    group by
        exporter_months.basis, exporter_months.is_synthetic, exporter_months.region_code, exporter_months.export_month,
        exporter_months.is_in_scope, businesses.ikm_id
)

select * from final
