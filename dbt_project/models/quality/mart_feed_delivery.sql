with

deliveries as (
    select * from {{ source('quality', 'deliveries') }}
),

run as (
    select * from {{ source('quality', 'run') }}
),

final as (
    select
        deliveries.feed,
        deliveries.agency as agency_code,
        deliveries.due_on,
        deliveries.period_from,
        deliveries.landed_on,
        cast(case
            when deliveries.status = 'nil_return' then 0
            else greatest({{ days_between('deliveries.due_on', 'coalesce(deliveries.landed_on, run.run_date)') }}, 0)
        end as bigint) as days_late,
        deliveries.status as delivery_status,
        deliveries.source,
        deliveries.is_synthetic
    from deliveries
    cross join run
)

select * from final
