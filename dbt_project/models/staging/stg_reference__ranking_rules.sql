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
        window_kind,
        measure,
        rate_source,
        floor_usd,
        minimum_exporters,
        max_coverage_gap_points,
        lag_months,
        is_headline,
        description_id
    from source
)

select * from renamed
