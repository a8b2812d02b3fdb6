with

shares as (
    select * from {{ ref('int_outcomes__shares') }}
),

waiting as (
    select * from shares
    where arm = 'waiting'
),

compared as (
    select
        shares.*,
        waiting.exported_share as waiting_share,
        waiting.wilson_low as waiting_low,
        waiting.wilson_high as waiting_high,
        case
            when shares.arm = 'waiting' then 'is_waiting'
            -- Before all other reasons, which would tell what is withheld.
            when shares.is_withheld or waiting.is_withheld then 'withheld'
            when coalesce(shares.linkable, 0) = 0 then 'nobody_counted'
            when coalesce(waiting.linkable, 0) = 0 then 'nobody_waiting'
            when
                10 * abs(shares.unlinkable * waiting.counted - waiting.unlinkable * shares.counted)
                > shares.counted * waiting.counted
                then 'unlinkable_differ'
            when shares.is_one_shipment or waiting.is_one_shipment then 'one_shipment'
        end as no_difference_reason
    from shares
    left join waiting
        on
            shares.breakdown = waiting.breakdown
            and shares.breakdown_code = waiting.breakdown_code
            and shares.cohort = waiting.cohort
            and shares.horizon_months = waiting.horizon_months
            and shares.measure = waiting.measure
            and shares.is_synthetic = waiting.is_synthetic
),

final as (
    select
        ---------- which group
        breakdown,
        breakdown_code,
        cohort,
        arm,
        cast(horizon_months as integer) as horizon_months,
        measure,
        is_synthetic,

        ---------- who is counted
        cast(members as integer) as members,
        cast(censored as integer) as censored,
        cast(not_mature as integer) as not_mature,
        cast(members - censored - not_mature as integer) as mature,
        cast(case when not is_withheld then exported_before end as integer) as exported_before,
        cast(case when not is_withheld then history_too_short end as integer) as history_too_short,
        cast(case when not is_withheld then counted end as integer) as counted,
        {{ month_at('last_final_index') }} as last_final_month,

        ---------- what became of them
        cast(case when not is_withheld then exported end as integer) as exported,
        cast(case when not is_withheld then not_seen end as integer) as not_seen,
        cast(case when not is_withheld then unlinkable end as integer) as unlinkable,
        is_withheld,

        ---------- shares
        case when not is_withheld and linkable > 0 then {{ percent_of('exported', 'linkable') }} end as share_pct,
        case when not is_withheld and counted > 0 then {{ percent_of('exported', 'counted') }} end as share_least_pct,
        case
            when not is_withheld and counted > 0 then {{ percent_of('(exported + unlinkable)', 'counted') }}
        end as share_most_pct,
        case when not is_withheld then {{ percent_with_decimals('wilson_low') }} end as wilson_low_pct,
        case when not is_withheld then {{ percent_with_decimals('wilson_high') }} end as wilson_high_pct,

        ---------- beside those waiting
        case
            when no_difference_reason is null then {{ percent_with_decimals('exported_share - waiting_share') }}
        end as difference_pct,
        case
            when no_difference_reason is null
                then {{ percent_with_decimals(
                    newcombe_low('exported_share', 'wilson_low', 'waiting_share', 'waiting_high')) }}
        end as difference_low_pct,
        case
            when no_difference_reason is null
                then {{ percent_with_decimals(
                    newcombe_high('exported_share', 'wilson_high', 'waiting_share', 'waiting_low')) }}
        end as difference_high_pct,
        no_difference_reason,

        ---------- value before and after
        cast(case when not is_withheld and valued > 2 then valued end as integer) as valued,
        case when not is_withheld and valued > 2 then median_before_usd end as median_before_usd,
        case when not is_withheld and valued > 2 then median_after_usd end as median_after_usd,
        case
            when not is_withheld and valued > 2 and rising not in (1, 2) and valued - rising not in (1, 2)
                then {{ percent_of('rising', 'valued') }}
        end as rising_share_pct,
        concat_ws(
            ',',
            case when is_synthetic then 'data_buatan' end,
            case when is_withheld then 'withheld' end,
            case when not is_withheld and exported > 0 and is_one_shipment then 'one_shipment' end,
            case when members - censored - not_mature = 0 then 'nobody_mature' end
        ) as flags
    from compared
)

select * from final
