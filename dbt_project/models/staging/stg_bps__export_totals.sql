with

source as (
    select * from {{ source('raw', 'bps_export_total') }}
),

renamed as (
    select
        export_month,
        bps_province_code,
        province_as_stated,
        counted_at,
        commodity_group,
        stated_value,
        value_unit,
        figure_status,
        published_on,
        publication,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
