with

source as (
    select * from {{ source('control', 'nil_returns') }}
),

renamed as (
    select
        feed as basis,
        agency as agency_code,
        month as export_month
    from source
)

select * from renamed
