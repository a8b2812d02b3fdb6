with

groups as (
    select * from {{ ref('int_outcomes__groups') }}
),

final as (
    select
        *,
        case when linkable > 0 then cast(exported as double) / linkable end as share,
        case when linkable > 0 and not is_one_shipment then {{ wilson_low('exported', 'linkable') }} end as wilson_low,
        case when linkable > 0 and not is_one_shipment then {{ wilson_high('exported', 'linkable') }} end as wilson_high
    from groups
)

select * from final
