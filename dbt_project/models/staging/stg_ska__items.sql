with

source as (
    select * from {{ source('raw', 'ska') }}
),

renamed as (
    select
        certificate_number,
        form,
        issuer_code,
        issued_on,
        amended_on,
        status,
        replaces_number,
        exporter_name,
        exporter_region_code,
        maker_name,
        maker_region_code,
        peb_nomor_aju,
        destination_country_code,
        item_number,
        hs_code,
        item_description,
        quantity,
        quantity_unit,
        net_weight_kg,
        item_value,
        currency,
        value_basis,
        exporter_party_key,
        maker_party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
