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
        count(*) over (partition by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic) as members,
        row_number() over (partition by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic order by before_usd) as place_before,
        row_number() over (partition by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic order by after_usd) as place_after
    from members
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
        {{ half_of('sum(before_usd) filter (where 2 * place_before in (members, members + 1, members + 2))', 'max(members)') }}
            as median_before_usd,
        {{ half_of('sum(after_usd) filter (where 2 * place_after in (members, members + 1, members + 2))', 'max(members)') }}
            as median_after_usd,
        count(*) filter (where after_usd > before_usd) as rising
    from placed
    group by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic
)

select * from final
