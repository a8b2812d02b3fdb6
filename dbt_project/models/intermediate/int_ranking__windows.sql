with

city_months as (
    select * from {{ ref('int_exports__city_months') }}
    where is_in_scope
),

months as (
    select * from {{ ref('int_ranking__months') }}
),

exporters as (
    select * from {{ ref('int_ranking__exporters') }}
),

cities as (
    select * from {{ ref('stg_reference__regions') }}
    where region_level = 2
),

-- Every city of the province for every compared month, also where it exported nothing.
compared as (
    select
        months.basis,
        months.is_synthetic,
        months.province_code,
        months.year,
        months.month_number,
        cities.region_code,
        base.fob_usd as base_usd,
        base.items as base_items,
        base.items_without_rate as base_items_without_rate,
        latest.fob_usd as current_usd,
        latest.items as current_items,
        latest.items_without_rate as current_items_without_rate,
        exporters.new_exporters,
        exporters.new_exporters_unresolved,
        exporters.new_base_exporters
    from months
    inner join cities on months.province_code = cities.province_code
    left join city_months as base
        on
            months.basis = base.basis
            and months.is_synthetic = base.is_synthetic
            and cities.region_code = base.region_code
            and base.export_month = {{ first_of_month('months.year - 1', 'months.month_number') }}
    left join city_months as latest
        on
            months.basis = latest.basis
            and months.is_synthetic = latest.is_synthetic
            and cities.region_code = latest.region_code
            and latest.export_month = {{ first_of_month('months.year', 'months.month_number') }}
    left join exporters
        on
            months.basis = exporters.basis
            and months.is_synthetic = exporters.is_synthetic
            and cities.region_code = exporters.region_code
            and months.year = exporters.year
            and months.month_number = exporters.month_number
),

-- Year to date: each window holds the compared months up to its last one.
final as (
    select
        basis,
        is_synthetic,
        province_code,
        year,
        {{ first_of_month('year', 'month_number') }} as through_month,
        region_code,
        coalesce(sum(base_usd) over year_to_date, 0) as base_usd,
        coalesce(sum(current_usd) over year_to_date, 0) as current_usd,
        coalesce(sum(base_items) over year_to_date, 0) as base_items,
        coalesce(sum(current_items) over year_to_date, 0) as current_items,
        coalesce(sum(base_items_without_rate) over year_to_date, 0) as base_items_without_rate,
        coalesce(sum(current_items_without_rate) over year_to_date, 0) as current_items_without_rate,
        coalesce(sum(new_base_exporters) over year_to_date, 0) as base_exporters,
        coalesce(sum(new_exporters) over year_to_date, 0) as exporters,
        coalesce(sum(new_exporters_unresolved) over year_to_date, 0) as exporters_unresolved,
        count(*) over year_to_date as months_compared,
        month_number - count(*) over year_to_date as months_left_out
    from compared
    window year_to_date as (
        partition by basis, is_synthetic, province_code, year, region_code
        order by month_number
        rows between unbounded preceding and current row
    )
)

select * from final
