with

source as (
    select * from {{ ref('ref_certificate_issuers') }}
),

renamed as (
    select
        issuer_code,
        region_code
    from source
)

select * from renamed
