with

source as (
    select * from {{ source('raw', 'exchange_rate') }}
),

renamed as (
    select
        kmk_number,
        valid_from,
        valid_to,
        currency,
        unit,
        rate_idr,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
