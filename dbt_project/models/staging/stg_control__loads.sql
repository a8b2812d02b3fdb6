with

source as (
    select * from {{ source('control', 'loads') }}
),

renamed as (
    select
        load_id,
        feed,
        agency as agency_code,
        file_name,
        sha256,
        contract_version,
        bytes as file_bytes,
        batch_id,
        rows_read,
        rows_skipped,
        rows_accepted,
        rows_quarantined,
        published_since
    from source
)

select * from renamed
