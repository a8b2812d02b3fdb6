with

register as (
    select is_synthetic, exporter_party_key, region_code
    from {{ ref('int_register__exporter_regions') }}
),

applied as (
    select is_synthetic, exporter_party_key, region_code
    from {{ source('control', 'applied_register') }}
),

different as (
    (
        select * from register
        except
        select * from applied
    )
    union all
    (
        select * from applied
        except
        select * from register
    )
),

final as (
    select distinct is_synthetic, exporter_party_key from different
)

select * from final
