with

source as (
    select * from {{ source('raw', 'buyer_lead') }}
),

renamed as (
    select
        lead_id,
        event_code,
        recorded_on,
        business_name,
        region_code,
        buyer_country_as_stated,
        buyer_country_code,
        stage,
        lead_value,
        currency,
        as_stated,
        party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
