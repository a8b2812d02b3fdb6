with

loads as (
    select * from {{ ref('stg_control__loads') }}
),

final as (
    select
        load_id,
        feed,
        agency_code,
        file_name,
        sha256,
        contract_version,
        file_bytes,
        rows_read,
        rows_skipped,
        rows_accepted,
        rows_quarantined
    from loads
    union all
    select
        'unknown' as load_id,
        'unknown' as feed,
        'unknown' as agency_code,
        'Tidak diketahui' as file_name,
        '' as sha256,
        '' as contract_version,
        0 as file_bytes,
        0 as rows_read,
        0 as rows_skipped,
        0 as rows_accepted,
        0 as rows_quarantined
)

select * from final
