with

source as (
    select * from {{ ref('ranking_rules') }}
),

renamed as (
    select
        rule_name,
        rule_version,
        valid_from,
        basis,
        place,
        date_field,
        rate_source,
        floor_usd,
        minimum_exporters,
        is_headline,
        description_id
    from source
)

select * from renamed
