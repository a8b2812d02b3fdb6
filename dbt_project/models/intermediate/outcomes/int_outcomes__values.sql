with

members as (
    select * from {{ ref('int_outcomes__in_cohorts') }}
    where is_valued
),

placed as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        before_usd,
        after_usd,
        count(*) over same_group as members,
        row_number() over (same_group order by before_usd) as place_before,
        row_number() over (same_group order by after_usd) as place_after
    from members
    window same_group as (partition by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic)
),

-- The middle one, or the two in the middle.
final as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        max(members) as valued,
        {{ median_of('before_usd', 'place_before', 'members') }} as median_before_usd,
        {{ median_of('after_usd', 'place_after', 'members') }} as median_after_usd,
        count(*) filter (where after_usd > before_usd) as rising
    from placed
    group by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic
)

select * from final
