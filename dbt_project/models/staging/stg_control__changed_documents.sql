with

source as (
    select * from {{ source('control', 'changed_documents') }}
),

renamed as (
    select distinct
        feed,
        document_key,
        is_synthetic
    from source
    where document_key is not null
)

select * from renamed
