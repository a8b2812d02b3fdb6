with

group_members as (
    select * from {{ ref('int_outcomes__group_members') }}
),

spells as (
    select * from {{ ref('int_outcomes__spells') }}
),

seen as (
    select * from {{ ref('int_outcomes__seen') }}
),

followed as (
    select
        spells.*,
        coalesce(seen.is_exported, false) as is_exported,
        coalesce(seen.is_exported_before, false) as is_exported_before,
        seen.first_peb_document,
        seen.first_ska_document,
        coalesce(seen.before_usd, 0) as before_usd,
        coalesce(seen.after_usd, 0) as after_usd
    from spells
    left join seen
        on
            spells.is_synthetic = seen.is_synthetic
            and spells.business_id = seen.business_id
            and spells.province_code = seen.province_code
            and spells.time_zero = seen.time_zero
            and spells.horizon_months = seen.horizon_months
            and spells.censored_on is not distinct from seen.censored_on
),

judged as (
    select
        *,
        case
            when is_censored then 'censored'
            when not is_over then 'not_mature'
            when is_exported then 'exported'
            when is_linkable then 'not_seen'
            else 'unlinkable'
        end as export_outcome
    from followed
),

measured as (
    select
        'export' as measure,
        judged.export_outcome as outcome,
        judged.*
    from judged
    union all
    select
        'first_export' as measure,
        case
            when judged.export_outcome in ('censored', 'not_mature') then judged.export_outcome
            when judged.is_exported_before then 'exported_before'
            when not judged.has_history then 'history_too_short'
            else judged.export_outcome
        end as outcome,
        judged.*
    from judged
),

final as (
    select
        group_members.breakdown,
        group_members.breakdown_code,
        group_members.cohort,
        group_members.arm,
        group_members.is_synthetic,
        group_members.business_id,
        measured.horizon_months,
        measured.measure,
        measured.outcome,
        measured.first_peb_document,
        measured.first_ska_document,
        measured.last_final_index,
        measured.before_usd,
        measured.after_usd,
        measured.has_equal_windows
        and measured.outcome in ('exported', 'not_seen')
        and measured.before_usd + measured.after_usd > 0 as is_valued
    from group_members
    inner join measured
        on
            group_members.is_synthetic = measured.is_synthetic
            and group_members.business_id = measured.business_id
            and group_members.province_code = measured.province_code
            and group_members.time_zero = measured.time_zero
            and group_members.censored_on is not distinct from measured.censored_on
)

select * from final
