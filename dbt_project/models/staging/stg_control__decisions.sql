with

source as (
    select * from {{ source('control', 'decisions') }}
),

renamed as (
    select
        feed,
        conflict_key,
        agency as agency_code,
        sha256,
        is_chosen
    from source
)

select * from renamed
