with

source as (
    select * from {{ source('raw', 'exporter_register') }}
),

renamed as (
    select
        as_of,
        register_number,
        exporter_name,
        region_as_stated,
        region_code,
        exporter_party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
