with

maker_months as (
    select * from {{ ref('int_exports__maker_months') }}
    where is_in_scope
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

final as (
    select
        ---------- ids
        maker_months.basis,
        maker_months.is_synthetic,
        maker_months.export_month as month,
        maker_months.region_code,
        maker_months.maker_party_key,
        maker_months.exporter_party_key,
        maker_months.allocation_method,
        maker_months.is_assumed,

        ---------- who they are
        makers.ikm_id as maker_ikm_id,
        exporters.ikm_id as exporter_ikm_id,
        makers.is_identified as is_maker_identified,
        makers.has_open_review,

        ---------- amounts
        maker_months.fob_usd,
        cast(case when maker_months.is_assumed then maker_months.fob_usd else 0 end as decimal(24, 2))
            as allocated_by_assumption_usd,
        maker_months.fob_idr,
        maker_months.items,
        maker_months.documents
    from maker_months
    inner join businesses as makers on maker_months.maker_party_key = makers.party_key
    inner join businesses as exporters on maker_months.exporter_party_key = exporters.party_key
)

select * from final
