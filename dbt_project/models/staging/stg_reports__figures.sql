with

source as (
    select * from {{ source('raw', 'reported_figure') }}
),

renamed as (
    select
        figure_id,
        report_code,
        report_title,
        stated_on,
        subject,
        region_as_stated,
        region_code,
        event_code,
        measure,
        value,
        value_low,
        value_high,
        value_text,
        unit,
        value_precision,
        as_stated,
        data_note,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
