with

source as (
    select * from {{ ref('ref_countries') }}
),

renamed as (
    select
        country_code,
        alpha3_code,
        name_en as country_name_en,
        name_id as country_name_id
    from source
)

select * from renamed
