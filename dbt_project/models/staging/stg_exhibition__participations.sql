with

source as (
    select * from {{ source('raw', 'exhibition_participation') }}
),

renamed as (
    select
        event_code,
        participation_number,
        event_name,
        event_edition,
        venue,
        starts_on,
        ends_on,
        recorded_on,
        participant_kind,
        business_name,
        region_code,
        participants,
        funding_source,
        funding_idr,
        product_description,
        party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
