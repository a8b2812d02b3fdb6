with

source as (
    select * from {{ source('control', 'other_loads') }}
),

renamed as (
    select
        load_id,
        feed,
        agency as agency_code,
        file_name,
        status as load_status,
        rows_read,
        rows_skipped,
        rows_accepted,
        rows_quarantined
    from source
)

select * from renamed
