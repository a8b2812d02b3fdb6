with

agencies as (
    select * from {{ ref('stg_reference__agencies') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

-- An office that sent files before it was listed is inferred, not dropped.
inferred as (
    select distinct
        loads.agency_code,
        loads.agency_code as agency_name,
        '00.00' as region_code,
        'inferred' as agency_kind,
        true as is_inferred
    from loads
    left join agencies on loads.agency_code = agencies.agency_code
    where agencies.agency_code is null and loads.agency_code <> 'unknown'
),

final as (
    select
        agency_code,
        agency_name,
        coalesce(region_code, '00.00') as region_code,
        agency_kind,
        false as is_inferred
    from agencies
    union all
    select * from inferred
    union all
    select
        'unknown' as agency_code,
        'Tidak diketahui' as agency_name,
        '00.00' as region_code,
        'unknown' as agency_kind,
        false as is_inferred
)

select * from final
