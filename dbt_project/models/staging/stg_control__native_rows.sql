with

source as (
    select * from {{ source('control', 'native_rows') }}
),

renamed as (
    select
        feed,
        load_id,
        rows as native_rows,
        source_rows
    from source
)

select * from renamed
