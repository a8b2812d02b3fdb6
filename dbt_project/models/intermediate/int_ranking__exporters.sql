with

exports as (
    select * from {{ ref('int_exports') }}
),

months as (
    select * from {{ ref('int_ranking__months') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

exporter_months as (
    select distinct
        basis,
        is_synthetic,
        region_code,
        year(export_month) as year,
        month(export_month) as month_number,
        exporter_hash
    from exports
    where is_in_scope and exporter_hash is not null
),

-- An exporter counts from its first compared month of a window on.
first_months as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        exporter_months.region_code,
        months.year,
        exporter_months.year = months.year as is_current,
        exporter_months.exporter_hash,
        min(exporter_months.month_number) as month_number
    from exporter_months
    inner join regions on exporter_months.region_code = regions.region_code
    inner join months
        on
            exporter_months.basis = months.basis
            and exporter_months.is_synthetic = months.is_synthetic
            and regions.province_code = months.province_code
            and exporter_months.month_number = months.month_number
            and exporter_months.year in (months.year, months.year - 1)
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
        count(*) filter (where not is_current) as new_base_exporters
    from first_months
    group by basis, is_synthetic, region_code, year, month_number
)

select * from final
