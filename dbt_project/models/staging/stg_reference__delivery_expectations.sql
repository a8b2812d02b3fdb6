with

source as (
    select * from {{ ref('delivery_expectations') }}
),

renamed as (
    select
        feed as basis,
        agency_code,
        province_code,
        from_month,
        to_month
    from source
)

select * from renamed
