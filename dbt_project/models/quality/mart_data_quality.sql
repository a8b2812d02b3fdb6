with

check_results as (
    select * from {{ source('quality', 'check_results') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

final as (
    select
        check_results.run_id,
        check_results.step,
        -- Of big tables a run may have checked what changed alone: it is the same table to whoever asks.
        replace(check_results.table_name, 'changed.', check_results.step || '.') as table_name,
        check_results.check_name,
        check_results.feed,
        check_results.agency,
        case when check_results.agency <> '' then coalesce(agencies.agency_code, 'unknown') end as agency_code,
        check_results.checked_at,
        check_results.column_name,
        check_results.severity,
        check_results.owner,
        check_results.reason,
        check_results.status,
        check_results.subject,
        check_results.observed,
        check_results.limit_low,
        check_results.limit_high,
        check_results.rows_checked,
        check_results.rows_failed,
        check_results.seconds
    from check_results
    left join agencies on check_results.agency = agencies.agency_code
)

select * from final
