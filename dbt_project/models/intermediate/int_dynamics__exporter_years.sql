with

business_months as (
    select * from {{ ref('int_exports__business_months') }}
    where is_in_scope
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'unknown'
),

final as (
    select
        business_months.basis,
        business_months.is_synthetic,
        places.place_level,
        places.place_code,
        year(business_months.export_month) as year,
        {{ hash_of(['business_months.ikm_id']) }} as exporter_hash,
        business_months.ikm_id = 'unknown' as is_unknown,
        business_months.is_resolved,
        sum(coalesce(business_months.fob_usd, 0)) as fob_usd,
        sum(business_months.items_without_rate) as items_without_rate
    from business_months
    inner join places on business_months.region_code = places.region_code
    group by all
)

select * from final
