with

peb_items as (
    select * from {{ ref('int_revisions__peb_items') }}
),

ska_items as (
    select * from {{ ref('int_revisions__ska_items') }}
),

items as (
    select * from peb_items
    union all
    select * from ska_items
),

-- A version stands at the end of a month if it had begun by then and had not ended.
by_months as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        outcome,
        ends_on is null as never_ends,
        greatest({{ month_index('starts_on') }} - {{ month_index('export_month') }}, 0) as starts_after,
        {{ month_index('ends_on') }} - {{ month_index('export_month') }} as ends_after,
        fob_usd
    from items
    where fob_usd is not null
),

-- What counts today is in today's figure: it is taken out for the months before it stood. What counted once is
-- added for the months in which it did. What went nobody knows when is added to none and told apart.
final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        outcome <> 'current' and never_ends as is_undated,
        case when outcome = 'current' then 0 else starts_after end as first_lag,
        case when outcome = 'current' then starts_after - 1 else ends_after - 1 end as last_lag,
        sum(case when outcome = 'current' then -fob_usd else fob_usd end) as change_usd
    from by_months
    where
        (outcome = 'current' and starts_after > 0)
        or (outcome <> 'current' and (never_ends or ends_after > starts_after))
    group by all
)

select * from final
