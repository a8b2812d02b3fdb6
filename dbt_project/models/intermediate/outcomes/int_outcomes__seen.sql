with

spells as (
    select * from {{ ref('int_outcomes__spells') }}
),

exports as (
    select * from {{ ref('int_outcomes__exports') }}
),

meetings as (
    select
        spells.is_synthetic,
        spells.business_id,
        spells.province_code,
        spells.time_zero,
        spells.censored_on,
        spells.horizon_months,
        exports.basis,
        exports.month_index,
        exports.first_exported_on,
        exports.first_document_key,
        exports.peb_usd,
        exports.first_exported_on >= spells.time_zero and exports.first_exported_on < spells.ends_before as is_within,
        exports.first_exported_on >= spells.looks_back_to and exports.first_exported_on < spells.time_zero as is_before,
        exports.month_index >= spells.zero_index - spells.horizon_months
        and exports.month_index < spells.zero_index as is_in_window_before,
        exports.month_index > spells.zero_index
        and exports.month_index <= spells.zero_index + spells.horizon_months as is_in_window_after
    from spells
    inner join exports
        on spells.business_id = exports.business_id and spells.is_synthetic = exports.is_synthetic
),

first_documents as (
    select
        *,
        case
            when is_within
                then row_number() over (
                    partition by
                        is_synthetic, business_id, province_code, time_zero, censored_on, horizon_months, basis,
                        is_within
                    order by first_exported_on, first_document_key
                )
        end as place
    from meetings
),

final as (
    select
        is_synthetic,
        business_id,
        province_code,
        time_zero,
        censored_on,
        horizon_months,
        bool_or(is_within) as is_exported,
        bool_or(is_before) as is_exported_before,
        max(first_document_key) filter (where basis = 'peb' and place = 1) as first_peb_document,
        max(first_document_key) filter (where basis = 'ska' and place = 1) as first_ska_document,
        cast(coalesce(sum(peb_usd) filter (where is_in_window_before), 0) as decimal(24, 2)) as before_usd,
        cast(coalesce(sum(peb_usd) filter (where is_in_window_after), 0) as decimal(24, 2)) as after_usd
    from first_documents
    group by is_synthetic, business_id, province_code, time_zero, censored_on, horizon_months
)

select * from final
