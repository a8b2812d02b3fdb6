with

declarations as (
    select * from {{ ref('stg_peb__items') }}
),

certificates as (
    select * from {{ ref('stg_ska__items') }}
),

counted_declarations as (
    {{ counted_rows('peb', 'declarations') }}
),

counted_certificates as (
    {{ counted_rows('ska', 'certificates') }}
),

names as (
    select exporter_party_key, is_synthetic, exporter_name, registered_on as declared_on
    from counted_declarations
    where registration_number is not null and registered_on is not null
    union all
    select exporter_party_key, is_synthetic, exporter_name, issued_on as declared_on
    from counted_certificates
),

final as (
    select
        exporter_party_key,
        is_synthetic,
        exporter_name,
        min(declared_on) as first_declared_on,
        max(declared_on) as last_declared_on
    from names
    where exporter_party_key is not null
    group by exporter_party_key, is_synthetic, exporter_name
)

select * from final
