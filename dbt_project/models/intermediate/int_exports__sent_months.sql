{#- For which months agencies sent rows of a province, whatever became of them: also cancelled ones, duplicates and what
   a later file replaced. What names no known place stands under '00'. -#}
with

declarations as (
    select * from {{ ref('stg_peb__items') }}
),

certificates as (
    select * from {{ ref('stg_ska__items') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

by_load as (
    select
        'peb' as basis,
        is_synthetic,
        origin_region_code as stated_region_code,
        load_id,
        {{ month_of('registered_on') }} as export_month,
        max(registered_on) as last_day
    from declarations
    where registered_on is not null
    group by is_synthetic, origin_region_code, load_id, {{ month_of('registered_on') }}
    union all
    select
        'ska' as basis,
        is_synthetic,
        exporter_region_code as stated_region_code,
        load_id,
        {{ month_of('issued_on') }} as export_month,
        max(issued_on) as last_day
    from certificates
    where issued_on is not null
    group by is_synthetic, exporter_region_code, load_id, {{ month_of('issued_on') }}
),

final as (
    select
        by_load.basis,
        by_load.is_synthetic,
        coalesce(region_codes.province_code, '00') as province_code,
        loads.agency_code,
        by_load.export_month,
        max(by_load.last_day) as last_day
    from by_load
    inner join loads on by_load.load_id = loads.load_id
    left join region_codes on by_load.stated_region_code = region_codes.stated_region_code
    group by
        by_load.basis, by_load.is_synthetic, coalesce(region_codes.province_code, '00'), loads.agency_code,
        by_load.export_month
)

select * from final
