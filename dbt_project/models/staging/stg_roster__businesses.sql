with

source as (
    select * from {{ source('raw', 'agency_roster') }}
),

renamed as (
    select
        as_of,
        roster_number,
        business_name,
        legal_form,
        district,
        region_code,
        sector,
        product_description,
        products,
        kbli_code,
        registered_month,
        workers_male,
        workers_female,
        investment_idr,
        revenue_idr,
        capacity_per_month,
        capacity_unit,
        party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
