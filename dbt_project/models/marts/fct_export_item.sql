{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    on_schema_change='fail',
    meta={
        'changed_in': 'int_peb__changed_documents',
        'changed_keys': {'nomor_aju': 'document_key', 'is_synthetic': 'is_synthetic'},
    },
) }}
-- depends_on: {{ ref('int_peb__changed_documents') }}
-- The city-months that documents leave are noted before they go.
-- depends_on: {{ ref('int_exports__left_city_months') }}
with

items as (
    select * from {{ ref('int_peb__changed_items') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

countries as (
    select * from {{ ref('stg_reference__countries') }}
),

{{ headline_rates('peb') }},

not_set_aside as (
    {{ counted_rows('peb', 'items') }}
),

-- Without number and date of registration a declaration is no export.
counted as (
    select * from not_set_aside
    where registration_number is not null and registered_on is not null
),

final as (
    select
        ---------- ids
        counted.nomor_aju,
        counted.note_number,
        counted.item_number,
        coalesce(counted.exporter_party_key, 'unknown') as exporter_party_key,
        case when counted.producers is null then 0 else {{ things_in('counted.producers', ';') }} end as named_owners,

        ---------- where, what, when
        counted.registered_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        counted.origin_region_code as stated_region_code,
        coalesce(countries.country_code, 'ZZ') as destination_country_code,
        counted.destination_country_code as stated_country_code,
        counted.hs_code,
        {{ is_in_scope('counted') }} as is_in_scope,

        ---------- amounts
        counted.currency,
        counted.item_fob as stated_fob,
        {{ dollars('counted', 'item_fob') }} as fob_usd,
        case when counted.currency = 'USD' then 'stated' else rates.rate_source end as rate_source,
        rates.rate_date,
        counted.ndpbm,
        {{ rupiah('counted.item_fob', 'counted.ndpbm') }} as fob_idr,
        counted.quantity,
        counted.quantity_unit,
        counted.net_weight_kg,
        counted.is_synthetic,
        counted.has_conflict,

        ---------- trace
        counted.load_id,
        counted.sheet,
        counted.row_number,
        counted.piece
    from counted
    left join region_codes on counted.origin_region_code = region_codes.stated_region_code
    left join countries on counted.destination_country_code = countries.country_code
    -- A real amount takes no made-up rate.
    left join rates
        on
            counted.currency = rates.currency
            and counted.registered_on = rates.day
            and (counted.is_synthetic or not rates.is_synthetic)
)

select * from final
