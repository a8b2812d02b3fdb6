with

source as (
    select * from {{ source('raw', 'programme_target') }}
),

renamed as (
    select
        target_id,
        area_number,
        programme_code,
        programme_name,
        target_year,
        region_as_stated,
        region_code,
        measure,
        target_value,
        unit,
        value_precision,
        as_stated,
        stated_on,
        source_document,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
