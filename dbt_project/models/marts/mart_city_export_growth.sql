with

windows as (
    select * from {{ ref('int_growth__windows') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'province'
),

months as (
    select * from {{ ref('int_growth__months') }}
),

final as (
    select
        ---------- which window
        windows.basis,
        windows.is_synthetic,
        windows.region_code,
        windows.window_kind,
        windows.export_month as through_month,
        places.place_name as region_name,
        places.province_code,

        ---------- like months of two years
        cast(windows.base_usd as decimal(24, 2)) as base_usd,
        cast(windows.current_usd as decimal(24, 2)) as current_usd,
        cast(windows.current_usd - windows.base_usd as decimal(24, 2)) as change_usd,
        case
            when windows.base_usd > 0 then {{ growth_percent('windows.base_usd', 'windows.current_usd') }}
        end as growth_pct,
        cast(windows.base_exporters as integer) as base_exporters,
        cast(windows.exporters as integer) as exporters,
        cast(windows.exporters_unresolved as integer) as exporters_unresolved,
        cast(windows.months_compared as integer) as months_compared,
        cast(windows.months_in_window as integer) as months_in_window,
        windows.months_compared = windows.months_in_window as is_comparable,
        months.is_complete as is_month_complete,
        case
            when windows.base_usd > 0 then null
            when windows.months_compared = 0 then 'no_month_to_compare'
            when windows.base_items_without_rate > 0 then 'rate_missing'
            when windows.current_items > 0 then 'new'
            else 'no_exports'
        end as no_growth_reason,

        ---------- the window as it is, compared or not
        cast(windows.fob_usd as decimal(24, 2)) as fob_usd,
        cast(windows.base_items_without_rate + windows.current_items_without_rate as integer) as items_without_rate
    from windows
    inner join places on windows.region_code = places.region_code
    inner join months
        on
            windows.basis = months.basis
            and windows.is_synthetic = months.is_synthetic
            and places.province_code = months.province_code
            and windows.export_month = months.export_month
)

select * from final
