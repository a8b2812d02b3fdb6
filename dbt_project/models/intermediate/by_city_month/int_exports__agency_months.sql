with

exports as (
    {{ of_changed_city_months(ref('int_exports')) }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

by_load as (
    select distinct
        basis,
        is_synthetic,
        region_code,
        export_month,
        load_id
    from exports
),

-- Which agencies sent rows of a city's month.
final as (
    select distinct
        by_load.basis,
        by_load.is_synthetic,
        by_load.region_code,
        by_load.export_month,
        loads.agency_code
    from by_load
    inner join loads on by_load.load_id = loads.load_id
)

select * from final
