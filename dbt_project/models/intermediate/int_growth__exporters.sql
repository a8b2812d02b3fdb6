with

business_months as (
    select * from {{ ref('int_exports__business_months') }}
    where is_in_scope and ikm_id <> 'unknown'
),

months as (
    select * from {{ ref('int_growth__months') }}
    where is_compared
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'province'
),

sides as (
    select 0 as months_later, true as is_current
    union all
    select 12 as months_later, false as is_current
),

-- An exporter of the year before stands under the month that it is compared with.
present as (
    select
        business_months.basis,
        business_months.is_synthetic,
        business_months.region_code,
        sides.is_current,
        business_months.is_resolved,
        {{ hash_of(['business_months.ikm_id']) }} as exporter_hash,
        months.month_index
    from business_months
    inner join places on business_months.region_code = places.region_code
    cross join sides
    inner join months
        on
            business_months.basis = months.basis
            and business_months.is_synthetic = months.is_synthetic
            and places.province_code = months.province_code
            and {{ month_index('business_months.export_month') }} + sides.months_later = months.month_index
),

with_next as (
    select
        *,
        lead(month_index) over (
            partition by basis, is_synthetic, region_code, is_current, exporter_hash order by month_index
        ) as next_index
    from present
),

-- Exporters of one month that come again in the same one are alike: from here on they are only counted.
alike as (
    select
        basis,
        is_synthetic,
        region_code,
        is_current,
        month_index,
        next_index,
        count(*) as exporters,
        count(*) filter (where not is_resolved) as exporters_unresolved
    from with_next
    group by basis, is_synthetic, region_code, is_current, month_index, next_index
),

-- How long a month keeps an exporter in a window: that month, to the end of the year, for twelve months.
windows as (
    select *, 'month' as window_kind, month_index + 1 as end_index from alike
    union all
    select *, 'year_to_date' as window_kind, month_index - month_index % 12 + 12 as end_index from alike
    union all
    select *, 'trailing_12_months' as window_kind, month_index + 12 as end_index from alike
),

-- One more where it comes, one less where it goes and has not come again by then: summed up, each counts once.
changes as (
    select
        basis,
        is_synthetic,
        region_code,
        is_current,
        window_kind,
        month_index,
        exporters as step,
        exporters_unresolved as unresolved_step
    from windows
    union all
    select
        basis,
        is_synthetic,
        region_code,
        is_current,
        window_kind,
        least(end_index, next_index) as month_index,
        -exporters as step,
        -exporters_unresolved as unresolved_step
    from windows
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        window_kind,
        month_index,
        coalesce(sum(step) filter (where is_current), 0) as exporters_change,
        coalesce(sum(unresolved_step) filter (where is_current), 0) as exporters_unresolved_change,
        coalesce(sum(step) filter (where not is_current), 0) as base_exporters_change
    from changes
    group by basis, is_synthetic, region_code, window_kind, month_index
)

select * from final
