with

{{ months_of_makers() }},

exporters as (
    select *, exporter_party_key as party_key, 'exporter' as role -- noqa: RF04
    from exporter_months
),

own_makers as (
    select *, exporter_party_key as party_key, 'maker' as role -- noqa: RF04
    from their_own
),

named_makers as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        maker_party_key as party_key,
        'maker' as role, -- noqa: RF04
        count(distinct {{ hash_of(['document_number']) }}) as documents,
        min(export_date) as first_exported_on,
        {{ first_document() }} as first_document_key,
        cast(coalesce(sum(fob_usd), 0) as decimal(24, 2)) as fob_usd
    from maker_items
    group by basis, is_synthetic, region_code, export_month, is_in_scope, maker_party_key
),

final as (
    {%- for parties in ['exporters', 'own_makers', 'named_makers'] %}
        select
            basis,
            is_synthetic,
            region_code,
            export_month,
            is_in_scope,
            party_key,
            role,
            documents,
            first_exported_on,
            first_document_key,
            fob_usd
        from {{ parties }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
