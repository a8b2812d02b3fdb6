with

source as (
    select * from {{ ref('ref_currencies') }}
),

renamed as (
    select
        currency,
        currency_name,
        minor_units
    from source
)

select * from renamed
