with

names_by_month as (
    select * from {{ ref('int_exporters__names_by_month') }}
),

final as (
    select
        exporter_party_key,
        is_synthetic,
        exporter_name,
        min(first_declared_on) as first_declared_on,
        max(last_declared_on) as last_declared_on
    from names_by_month
    group by exporter_party_key, is_synthetic, exporter_name
)

select * from final
