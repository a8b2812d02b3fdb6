with

exports as (
    select * from {{ ref('int_exports__business_months') }}
    where is_in_scope and ikm_id <> 'unknown'
),

months as (
    select * from {{ ref('int_ranking__months') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

-- An exporter counts from its first compared month of a window on.
first_months as (
    select
        exports.basis,
        exports.is_synthetic,
        exports.region_code,
        months.year,
        year(exports.export_month) = months.year as is_current,
        exports.ikm_id,
        exports.is_resolved,
        min(months.month_number) as month_number
    from exports
    inner join regions on exports.region_code = regions.region_code
    inner join months
        on
            exports.basis = months.basis
            and exports.is_synthetic = months.is_synthetic
            and regions.province_code = months.province_code
            and month(exports.export_month) = months.month_number
            and year(exports.export_month) in (months.year, months.year - 1)
    group by all
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        year,
        month_number,
        count(*) filter (where is_current) as new_exporters,
        count(*) filter (where is_current and not is_resolved) as new_exporters_unresolved,
        count(*) filter (where not is_current) as new_base_exporters
    from first_months
    group by basis, is_synthetic, region_code, year, month_number
)

select * from final
