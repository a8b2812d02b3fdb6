with

declared_names as (
    select * from {{ ref('int_exporters__declared_names') }}
),

register as (
    select * from {{ ref('int_register__exporter_regions') }}
),

statements as (
    select
        exporter_party_key as party_key,
        is_synthetic,
        exporter_name,
        last_declared_on as stated_on,
        first_declared_on,
        last_declared_on,
        cast(null as varchar) as region_code,
        cast(null as date) as registered_as_of
    from declared_names
    union all
    select
        exporter_party_key as party_key,
        is_synthetic,
        exporter_name,
        as_of as stated_on,
        cast(null as date) as first_declared_on,
        cast(null as date) as last_declared_on,
        region_code,
        as_of as registered_as_of
    from register
),

-- Made-up rows say nothing of an exporter that real ones name.
believed as (
    select * from statements
    qualify is_synthetic = bool_and(is_synthetic) over (partition by party_key)
),

named as (
    select party_key, exporter_name
    from believed
    qualify row_number() over (
        partition by party_key
        order by stated_on desc nulls last, registered_as_of desc nulls last, exporter_name asc
    ) = 1
),

exporters as (
    select
        party_key,
        bool_and(is_synthetic) as is_synthetic,
        max(region_code) as region_code,
        max(registered_as_of) as registered_as_of,
        min(first_declared_on) as first_declared_on,
        max(last_declared_on) as last_declared_on
    from believed
    group by party_key
),

final as (
    select
        exporters.party_key,
        named.exporter_name,
        coalesce(exporters.region_code, '00.00') as region_code,
        exporters.registered_as_of,
        {{ month_of('exporters.first_declared_on') }} as first_month_seen,
        {{ month_of('exporters.last_declared_on') }} as last_month_seen,
        exporters.is_synthetic,
        exporters.registered_as_of is null as is_inferred
    from exporters
    inner join named on exporters.party_key = named.party_key
    union all
    select
        'unknown' as party_key,
        'Tidak diketahui' as exporter_name,
        '00.00' as region_code,
        cast(null as date) as registered_as_of,
        cast(null as date) as first_month_seen,
        cast(null as date) as last_month_seen,
        false as is_synthetic,
        false as is_inferred
)

select * from final
