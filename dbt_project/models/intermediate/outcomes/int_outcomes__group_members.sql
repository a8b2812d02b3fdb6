with

members as (
    select * from {{ ref('int_outcomes__members') }}
),

grouped as (
    {% for breakdown, column in [('all', "'all'"), ('programme', 'programme_code'), ('office', 'agency_code'),
        ('funding_source', 'funding_source_code'), ('sector', 'sector'), ('region', 'region_code')] -%}
        select '{{ breakdown }}' as breakdown, {{ column }} as breakdown_code, members.*
        from members
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- A business counts once in a group, by its first time there; so cohorts add up to the group.
final as (
    select
        breakdown,
        breakdown_code,
        arm,
        cast(year(cohort_day) as varchar) as cohort,
        is_synthetic,
        business_id,
        is_linkable,
        province_code,
        time_zero,
        censored_on
    from grouped
    qualify row_number() over (
        partition by breakdown, breakdown_code, arm, is_synthetic, business_id
        order by cohort_day, time_zero, enrolment_key
    ) = 1
)

select * from final
