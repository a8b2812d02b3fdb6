with

group_members as (
    select * from {{ ref('int_outcomes__group_members') }}
),

covered_months as (
    select * from {{ ref('int_outcomes__covered_months') }}
),

horizons as (
    {% for months in outcome_horizons() -%}
        select {{ months }} as horizon_months
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- One and the same time of a business may be in many groups: it is followed once.
followed as (
    select distinct
        group_members.is_synthetic,
        group_members.business_id,
        group_members.is_linkable,
        group_members.province_code,
        group_members.time_zero,
        group_members.censored_on,
        horizons.horizon_months,
        {{ month_index('group_members.time_zero') }} as zero_index,
        {{ plus_months('group_members.time_zero', 'horizons.horizon_months') }} as ends_before,
        {{ plus_months('group_members.time_zero', -months_before_first_export()) }} as looks_back_to
    from group_members
    cross join horizons
),

last_days as (
    select
        *,
        {{ month_index(plus_days('ends_before', -1)) }} as last_index
    from followed
),

counted as (
    select
        last_days.is_synthetic,
        last_days.business_id,
        last_days.province_code,
        last_days.time_zero,
        last_days.censored_on,
        last_days.horizon_months,
        max(covered_months.last_final_index) as last_final_index,
        count(*) filter (
            where covered_months.month_index between last_days.zero_index and last_days.last_index
        ) as months_after,
        count(*) filter (
            where covered_months.month_index >= last_days.zero_index - {{ months_before_first_export() }}
            and covered_months.month_index < last_days.zero_index
        ) as months_before,
        count(*) filter (
            where covered_months.month_index >= last_days.zero_index - last_days.horizon_months
            and covered_months.month_index <= last_days.zero_index + last_days.horizon_months
        ) as months_around
    from last_days
    inner join covered_months
        on
            last_days.is_synthetic = covered_months.is_synthetic
            and last_days.province_code = covered_months.province_code
    group by
        last_days.is_synthetic, last_days.business_id, last_days.province_code, last_days.time_zero,
        last_days.censored_on, last_days.horizon_months
),

final as (
    select
        last_days.is_synthetic,
        last_days.business_id,
        last_days.is_linkable,
        last_days.province_code,
        last_days.time_zero,
        last_days.censored_on,
        last_days.horizon_months,
        last_days.zero_index,
        last_days.ends_before,
        last_days.looks_back_to,
        counted.last_final_index,
        coalesce(last_days.censored_on < last_days.ends_before, false) as is_censored,
        coalesce(
            last_days.last_index <= counted.last_final_index
            and counted.months_after = last_days.last_index - last_days.zero_index + 1,
            false
        ) as is_over,
        coalesce(counted.months_before = {{ months_before_first_export() }}, false) as has_history,
        coalesce(
            last_days.zero_index + last_days.horizon_months <= counted.last_final_index
            and counted.months_around = 2 * last_days.horizon_months + 1,
            false
        ) as has_equal_windows
    from last_days
    left join counted
        on
            last_days.is_synthetic = counted.is_synthetic
            and last_days.business_id = counted.business_id
            and last_days.province_code = counted.province_code
            and last_days.time_zero = counted.time_zero
            and last_days.horizon_months = counted.horizon_months
            and last_days.censored_on is not distinct from counted.censored_on
)

select * from final
