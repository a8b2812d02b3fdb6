with

city_months as (
    select * from {{ ref('int_exports__city_months') }}
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month as month,
        cast(coalesce(sum(fob_usd) filter (where is_in_scope), 0) as decimal(24, 2)) as fob_usd,
        case when basis = 'peb' then cast(coalesce(sum(fob_idr) filter (where is_in_scope), 0) as decimal(24, 2)) end
            as fob_idr,
        cast(coalesce(sum(net_weight_kg) filter (where is_in_scope), 0) as decimal(24, 4)) as net_weight_kg,
        cast(coalesce(sum(items) filter (where is_in_scope), 0) as bigint) as items,
        cast(coalesce(sum(documents) filter (where is_in_scope), 0) as bigint) as documents,
        cast(coalesce(sum(exporters) filter (where is_in_scope), 0) as bigint) as exporters,
        cast(coalesce(sum(exporters_unresolved) filter (where is_in_scope), 0) as bigint) as exporters_unresolved,
        cast(coalesce(sum(items_without_rate) filter (where is_in_scope), 0) as bigint) as items_without_rate,
        cast(coalesce(sum(items) filter (where not is_in_scope), 0) as bigint) as items_out_of_scope,
        cast(coalesce(sum(fob_usd) filter (where not is_in_scope), 0) as decimal(24, 2)) as fob_usd_out_of_scope
    from city_months
    group by basis, is_synthetic, region_code, export_month
)

select * from final
