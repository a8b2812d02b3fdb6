with

exports as (
    select * from {{ ref('int_exports') }}
),

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
        count(*) as items,
        count(*) filter (where lacks_rate) as items_without_rate,
        count(distinct document_hash) as documents,
        count(distinct exporter_hash) as exporters
    from exports
    group by basis, is_synthetic, region_code, export_month, is_in_scope
)

select * from final
