{{ config(materialized='view') }}

with

export_items as (
    select * from {{ ref('fct_export_item') }}
),

certificate_items as (
    select * from {{ ref('fct_certificate_item') }}
),

final as (
    select
        'peb' as basis,
        is_synthetic,
        region_code,
        registered_on as export_date,
        {{ month_of('registered_on') }} as export_month,
        is_in_scope,
        nomor_aju as document_number,
        cast(null as varchar) as issuer_code,
        exporter_party_key,
        -- bridge_export_item_producer has the makers of these.
        named_owners > 0 as names_maker,
        cast(null as varchar) as maker_party_key,
        left(hs_code, 6) as hs6_code,
        destination_country_code,
        currency,
        stated_fob as stated_amount,
        fob_usd,
        fob_idr,
        net_weight_kg,
        fob_usd is null as lacks_rate,
        load_id
    from export_items
    union all
    select
        'ska' as basis,
        is_synthetic,
        region_code,
        issued_on as export_date,
        {{ month_of('issued_on') }} as export_month,
        true as is_in_scope,
        certificate_number as document_number,
        issuer_code,
        exporter_party_key,
        maker_party_key <> 'unknown' as names_maker,
        maker_party_key,
        left(hs_code, 6) as hs6_code,
        destination_country_code,
        currency,
        stated_value as stated_amount,
        value_usd as fob_usd,
        cast(null as decimal(18, 2)) as fob_idr,
        net_weight_kg,
        stated_value is not null and value_usd is null as lacks_rate,
        load_id
    from certificate_items
)

select * from final
