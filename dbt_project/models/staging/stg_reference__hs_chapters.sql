with

source as (
    select * from {{ ref('ref_hs_chapters') }}
),

renamed as (
    select
        hs_code,
        name_id as product_name_id,
        name_en as product_name_en
    from source
)

select * from renamed
