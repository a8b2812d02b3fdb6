{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    on_schema_change='fail',
    meta={
        'changed_in': 'int_ska__changed_documents',
        'changed_keys': {'certificate_number': 'document_key', 'is_synthetic': 'is_synthetic'},
    },
) }}
-- depends_on: {{ ref('int_ska__changed_documents') }}
-- The city-months that documents leave are noted before they go.
-- depends_on: {{ ref('int_exports__left_city_months') }}
with

items as (
    select * from {{ ref('int_ska__changed_items') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

register as (
    select * from {{ ref('int_register__exporter_regions') }}
),

countries as (
    select * from {{ ref('stg_reference__countries') }}
),

{{ headline_rates('ska') }},

counted as (
    {{ counted_rows('ska', 'items') }}
),

final as (
    select
        ---------- ids
        counted.certificate_number,
        counted.item_number,
        counted.form,
        counted.issuer_code,
        coalesce(counted.exporter_party_key, 'unknown') as exporter_party_key,
        coalesce(counted.maker_party_key, 'unknown') as maker_party_key,
        counted.peb_nomor_aju,

        ---------- where, what, when
        counted.issued_on,
        counted.amended_on,
        coalesce(region_codes.region_code, register.region_code, '00.00') as region_code,
        case
            when region_codes.region_code is not null then 'certificate'
            when register.region_code is not null then 'register'
            else 'unknown'
        end as region_source,
        counted.exporter_region_code as stated_region_code,
        coalesce(maker_codes.region_code, '00.00') as maker_region_code,
        coalesce(countries.country_code, 'ZZ') as destination_country_code,
        counted.destination_country_code as stated_country_code,
        counted.hs_code,

        ---------- amounts
        counted.value_basis,
        counted.currency,
        counted.item_value as stated_value,
        {{ dollars('counted', 'item_value') }} as value_usd,
        case when counted.currency = 'USD' then 'stated' else rates.rate_source end as rate_source,
        rates.rate_date,
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
    left join region_codes on counted.exporter_region_code = region_codes.stated_region_code
    left join region_codes as maker_codes on counted.maker_region_code = maker_codes.stated_region_code
    left join register
        on counted.exporter_party_key = register.exporter_party_key and counted.is_synthetic = register.is_synthetic
    left join countries on counted.destination_country_code = countries.country_code
    -- A real amount takes no made-up rate.
    left join rates
        on
            counted.currency = rates.currency
            and counted.issued_on = rates.day
            and (counted.is_synthetic or not rates.is_synthetic)
)

select * from final
