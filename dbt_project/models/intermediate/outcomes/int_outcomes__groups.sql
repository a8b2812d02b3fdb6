with

members as (
    select * from {{ ref('int_outcomes__in_cohorts') }}
),

shipments as (
    select * from {{ ref('int_outcomes__shipments') }}
),

amounts as (
    select * from {{ ref('int_outcomes__values') }}
),

counted as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        count(*) as members,
        count(*) filter (where outcome = 'censored') as censored,
        count(*) filter (where outcome = 'not_mature') as not_mature,
        count(*) filter (where outcome = 'exported_before') as exported_before,
        count(*) filter (where outcome = 'history_too_short') as history_too_short,
        count(*) filter (where outcome = 'exported') as exported,
        count(*) filter (where outcome = 'not_seen') as not_seen,
        count(*) filter (where outcome = 'unlinkable') as unlinkable,
        min(last_final_index) as last_final_index
    from members
    group by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic
),

summed as (
    select
        counted.*,
        counted.exported + counted.not_seen + counted.unlinkable as counted,
        counted.exported + counted.not_seen as linkable,
        coalesce(shipments.most_of_one_shipment, 0) * 2 > counted.exported as is_one_shipment,
        coalesce(amounts.valued, 0) as valued,
        amounts.median_before_usd,
        amounts.median_after_usd,
        coalesce(amounts.rising, 0) as rising,
        {{ is_small_count('counted.exported') }}
        or {{ is_small_count('counted.not_seen') }}
        or {{ is_small_count('counted.unlinkable') }}
        or {{ is_small_count('counted.exported_before') }}
        or {{ is_small_count('counted.history_too_short') }} as is_small
    from counted
    left join shipments
        on
            counted.breakdown = shipments.breakdown
            and counted.breakdown_code = shipments.breakdown_code
            and counted.cohort = shipments.cohort
            and counted.arm = shipments.arm
            and counted.horizon_months = shipments.horizon_months
            and counted.measure = shipments.measure
            and counted.is_synthetic = shipments.is_synthetic
    left join amounts
        on
            counted.breakdown = amounts.breakdown
            and counted.breakdown_code = amounts.breakdown_code
            and counted.cohort = amounts.cohort
            and counted.arm = amounts.arm
            and counted.horizon_months = amounts.horizon_months
            and counted.measure = amounts.measure
            and counted.is_synthetic = amounts.is_synthetic
),

-- One cohort withheld alone is the total less the others, so one of those goes with it: the smallest that has three
-- exported and three not seen. Where there is no other, the total does.
cohorts as (
    select
        *,
        count(*) filter (where is_small and cohort <> 'all') over same_group as small_cohorts,
        count(*) filter (where is_small and cohort = 'all') over same_group as small_totals,
        count(*) filter (where not is_small and counted > 0 and cohort <> 'all') over same_group as other_cohorts,
        row_number() over (
            partition by
                breakdown, breakdown_code, arm, horizon_months, measure, is_synthetic,
                not is_small and counted > 0 and cohort <> 'all'
            order by least(exported, not_seen) < 3, counted, cohort
        ) as place_by_size
    from summed
    window same_group as (partition by breakdown, breakdown_code, arm, horizon_months, measure, is_synthetic)
),

chosen as (
    select
        *,
        is_small
        or (
            small_cohorts = 1
            and small_totals = 0
            and case
                when cohort = 'all' then other_cohorts = 0
                else counted > 0 and place_by_size = 1
            end
        ) as is_chosen
    from cohorts
),

{%- set outcomes = ['exported', 'not_seen', 'unlinkable', 'exported_before', 'history_too_short'] %}

-- The total less the cohorts that are shown is what the withheld ones are together.
together as (
    select
        *,
        {%- for outcome in outcomes %}
            sum(case when is_chosen and cohort <> 'all' then {{ outcome }} else 0 end)
                over same_group as hidden_{{ outcome }},
        {%- endfor %}
        count(*) filter (where is_chosen and cohort <> 'all') over same_group as hidden_cohorts
    from chosen
    window same_group as (partition by breakdown, breakdown_code, arm, horizon_months, measure, is_synthetic)
),

-- Together they must be no small count either, and not all of one outcome; else the total goes too.
final as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        members,
        censored,
        not_mature,
        exported_before,
        history_too_short,
        exported,
        not_seen,
        unlinkable,
        last_final_index,
        counted,
        linkable,
        is_one_shipment,
        valued,
        median_before_usd,
        median_after_usd,
        rising,
        is_chosen
        or (
            cohort = 'all'
            and hidden_cohorts > 0
            and (
                {%- for outcome in outcomes %}
                    {{ is_small_count('hidden_' ~ outcome) }} or
                {%- endfor %}
                (
                    {%- for outcome in outcomes %}
                        case when hidden_{{ outcome }} > 0 then 1 else 0 end{{ ' +' if not loop.last }}
                    {%- endfor %}
                ) < 2
            )
        ) as is_withheld
    from together
)

select * from final
