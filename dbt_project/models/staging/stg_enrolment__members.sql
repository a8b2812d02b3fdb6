with

source as (
    select * from {{ source('raw', 'programme_enrolment') }}
),

renamed as (
    select
        programme_code,
        enrolment_number,
        programme_name,
        recorded_on,
        business_name,
        region_code,
        sector,
        product_description,
        listed_on,
        enrolled_on,
        trained_on,
        enrolment_status,
        funding_source,
        party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
