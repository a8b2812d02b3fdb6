with

city_months as (
    select *, {{ month_index('export_month') }} as month_index from {{ ref('int_exports__city_months') }}
    where is_in_scope
),

months as (
    select * from {{ ref('int_growth__months') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'province'
),

exporters as (
    select * from {{ ref('int_growth__exporters') }}
),

-- Every city of the province in every month there is, also where it exported nothing.
cells as (
    select
        months.basis,
        months.is_synthetic,
        places.region_code,
        year(months.export_month) as year,
        months.export_month,
        months.month_index,
        case when months.is_compared then 1 else 0 end as compared,
        coalesce(latest.fob_usd, 0) as fob_usd,
        case when months.is_compared then coalesce(latest.fob_usd, 0) else 0 end as current_usd,
        case when months.is_compared then coalesce(base.fob_usd, 0) else 0 end as base_usd,
        case when months.is_compared then coalesce(latest.items, 0) else 0 end as current_items,
        case when months.is_compared then coalesce(base.items_without_rate, 0) else 0 end as base_items_without_rate,
        coalesce(latest.items_without_rate, 0) as current_items_without_rate
    from months
    inner join places on months.province_code = places.province_code
    left join city_months as latest
        on
            months.basis = latest.basis
            and months.is_synthetic = latest.is_synthetic
            and places.region_code = latest.region_code
            and months.month_index = latest.month_index
    left join city_months as base
        on
            months.basis = base.basis
            and months.is_synthetic = base.is_synthetic
            and places.region_code = base.region_code
            and months.month_index - 12 = base.month_index
),

year_to_date as (
    select
        basis,
        is_synthetic,
        region_code,
        'year_to_date' as window_kind,
        export_month,
        month_index,
        sum(fob_usd) over so_far as fob_usd,
        sum(current_usd) over so_far as current_usd,
        sum(base_usd) over so_far as base_usd,
        sum(current_items) over so_far as current_items,
        sum(base_items_without_rate) over so_far as base_items_without_rate,
        sum(current_items_without_rate) over so_far as current_items_without_rate,
        sum(compared) over so_far as months_compared,
        month_index % 12 + 1 as months_in_window
    from cells
    window so_far as (
        partition by basis, is_synthetic, region_code, year order by month_index
    )
),

trailing_12_months as (
    select
        basis,
        is_synthetic,
        region_code,
        'trailing_12_months' as window_kind,
        export_month,
        month_index,
        sum(fob_usd) over so_far as fob_usd,
        sum(current_usd) over so_far as current_usd,
        sum(base_usd) over so_far as base_usd,
        sum(current_items) over so_far as current_items,
        sum(base_items_without_rate) over so_far as base_items_without_rate,
        sum(current_items_without_rate) over so_far as current_items_without_rate,
        sum(compared) over so_far as months_compared,
        12 as months_in_window
    from cells
    window so_far as (
        partition by basis, is_synthetic, region_code order by month_index
        range between 11 preceding and current row
    )
),

summed as (
    select
        basis,
        is_synthetic,
        region_code,
        'month' as window_kind,
        export_month,
        month_index,
        fob_usd,
        current_usd,
        base_usd,
        current_items,
        base_items_without_rate,
        current_items_without_rate,
        compared as months_compared,
        1 as months_in_window
    from cells
    union all
    select * from year_to_date
    union all
    select * from trailing_12_months
),

-- Exporters come and go between the rows too: both on one line of time.
timeline as (
    select
        basis,
        is_synthetic,
        region_code,
        window_kind,
        month_index,
        0 as exporters_change,
        0 as exporters_unresolved_change,
        0 as base_exporters_change,
        true as is_row
    from summed
    union all
    select
        basis,
        is_synthetic,
        region_code,
        window_kind,
        month_index,
        exporters_change,
        exporters_unresolved_change,
        base_exporters_change,
        false as is_row
    from exporters
),

counted as (
    select
        *,
        sum(exporters_change) over so_far as exporters,
        sum(exporters_unresolved_change) over so_far as exporters_unresolved,
        sum(base_exporters_change) over so_far as base_exporters
    from timeline
    window so_far as (partition by basis, is_synthetic, region_code, window_kind order by month_index)
),

final as (
    select
        summed.*,
        counted.exporters,
        counted.exporters_unresolved,
        counted.base_exporters
    from summed
    inner join counted
        on
            summed.basis = counted.basis
            and summed.is_synthetic = counted.is_synthetic
            and summed.region_code = counted.region_code
            and summed.window_kind = counted.window_kind
            and summed.month_index = counted.month_index
            and counted.is_row
)

select * from final
