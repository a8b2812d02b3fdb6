with

countries as (
    select * from {{ ref('stg_reference__countries') }}
),

final as (
    select country_code, alpha3_code, country_name_en, country_name_id
    from countries
    union all
    select
        'ZZ' as country_code,
        'ZZZ' as alpha3_code,
        'Unknown' as country_name_en,
        'Tidak diketahui' as country_name_id
)

select * from final
