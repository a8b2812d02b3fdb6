with

counted_groups as (
    select * from {{ ref('int_outcomes__groups') }}
),

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
        is_withheld,
        case when linkable > 0 then {{ twelve_decimals('cast(exported as double) / linkable') }} end as exported_share,
        case
            when linkable > 0 and not is_one_shipment then {{ twelve_decimals(wilson_low('exported', 'linkable')) }}
        end as wilson_low,
        case
            when linkable > 0 and not is_one_shipment then {{ twelve_decimals(wilson_high('exported', 'linkable')) }}
        end as wilson_high
    from counted_groups
)

select * from final
