{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    meta={
        'changed_in': 'int_exports__changed_city_months',
        'changed_keys': {'basis': 'basis', 'is_synthetic': 'is_synthetic', 'export_month': 'export_month'},
    },
) }}
with

declarations as (
    select * from {{ ref('stg_peb__items') }}
    where {{ in_changed_months('peb', 'registered_on') }}
),

certificates as (
    select * from {{ ref('stg_ska__items') }}
    where {{ in_changed_months('ska', 'issued_on') }}
),

counted_declarations as (
    {{ counted_rows('peb', 'declarations') }}
),

counted_certificates as (
    {{ counted_rows('ska', 'certificates') }}
),

names as (
    select 'peb' as basis, exporter_party_key, is_synthetic, exporter_name, registered_on as declared_on
    from counted_declarations
    where registration_number is not null
    union all
    select 'ska' as basis, exporter_party_key, is_synthetic, exporter_name, issued_on as declared_on
    from counted_certificates
),

final as (
    select
        basis,
        is_synthetic,
        {{ month_of('declared_on') }} as export_month,
        exporter_party_key,
        exporter_name,
        min(declared_on) as first_declared_on,
        max(declared_on) as last_declared_on
    from names
    where exporter_party_key is not null
    group by basis, is_synthetic, {{ month_of('declared_on') }}, exporter_party_key, exporter_name
)

select * from final
