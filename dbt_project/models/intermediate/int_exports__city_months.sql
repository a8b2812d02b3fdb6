with

business_months as (
    select * from {{ ref('int_exports__business_months') }}
),

-- A document has one exporter, so documents of businesses add up.
final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        sum(fob_usd) as fob_usd,
        sum(fob_idr) as fob_idr,
        sum(net_weight_kg) as net_weight_kg,
        cast(sum(items) as bigint) as items,
        cast(sum(items_without_rate) as bigint) as items_without_rate,
        cast(sum(documents) as bigint) as documents,
        count(*) filter (where ikm_id <> 'unknown') as exporters,
        count(*) filter (where ikm_id <> 'unknown' and not is_resolved) as exporters_unresolved
    from business_months
    group by basis, is_synthetic, region_code, export_month, is_in_scope
)

select * from final
