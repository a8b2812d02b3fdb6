with

register as (
    select * from {{ ref('int_register__exporter_regions') }}
),

final as (
    select
        exporter_party_key,
        is_synthetic,
        region_code,
        as_of
    from register
)

select * from final
