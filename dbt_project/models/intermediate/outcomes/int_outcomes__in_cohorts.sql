{{ config(materialized='view') }}

with

outcomes as (
    select * from {{ ref('int_outcomes__outcomes') }}
),

-- Each member in its cohort and in all of them.
final as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        business_id,
        outcome,
        first_peb_document,
        first_ska_document,
        last_final_index,
        before_usd,
        after_usd,
        is_valued
    from outcomes
    union all
    select
        breakdown,
        breakdown_code,
        'all' as cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        business_id,
        outcome,
        first_peb_document,
        first_ska_document,
        last_final_index,
        before_usd,
        after_usd,
        is_valued
    from outcomes
)

select * from final
