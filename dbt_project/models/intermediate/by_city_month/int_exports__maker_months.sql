with

{{ months_of_makers() }},

named as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        exporter_party_key,
        maker_party_key,
        allocation_method,
        is_assumed,
        cast(coalesce(sum(fob_usd), 0) as decimal(24, 2)) as fob_usd,
        cast(sum(fob_idr) as decimal(24, 2)) as fob_idr,
        count(*) as items,
        count(*) filter (where lacks_rate) as items_without_rate,
        count(distinct {{ hash_of(['document_number']) }}) as documents
    from maker_items
    group by
        basis, is_synthetic, region_code, export_month, is_in_scope, exporter_party_key, maker_party_key,
        allocation_method, is_assumed
),

final as (
    select * from named
    union all
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        exporter_party_key,
        exporter_party_key as maker_party_key,
        'exporter_of_record' as allocation_method,
        false as is_assumed,
        fob_usd,
        fob_idr,
        items,
        items_without_rate,
        documents
    from their_own
)

select * from final
