with

source as (
    select * from {{ source('raw', 'peb') }}
),

renamed as (
    select
        nomor_aju,
        note_number,
        note_date,
        cancelled_on,
        replaces_nomor_aju,
        office_code,
        registration_number,
        registered_on,
        estimated_export_on,
        export_type_code,
        export_category_code,
        is_oil_gas,
        loading_port_code,
        destination_country_code,
        incoterm,
        currency,
        ndpbm,
        header_fob,
        exporter_name,
        item_number,
        hs_code,
        item_description,
        item_fob,
        quantity,
        quantity_unit,
        net_weight_kg,
        origin_region_code,
        origin_country_code,
        exporter_party_key,
        producers,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
