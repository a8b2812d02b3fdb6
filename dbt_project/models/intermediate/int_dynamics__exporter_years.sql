with

exporter_months as (
    select * from {{ ref('int_exports__exporter_months') }}
    where is_in_scope
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'unknown'
),

final as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        places.place_level,
        places.place_code,
        year(exporter_months.export_month) as year,
        {{ hash_of(['exporter_months.exporter_party_key']) }} as exporter_hash,
        exporter_months.exporter_party_key = 'unknown' as is_unknown,
        sum(coalesce(exporter_months.fob_usd, 0)) as fob_usd,
        sum(exporter_months.items_without_rate) as items_without_rate
    from exporter_months
    inner join places on exporter_months.region_code = places.region_code
    group by all
)

select * from final
