with

exporter_months as (
    select * from {{ ref('int_ikm__exporter_months') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
),

-- Each exporter counts once a place and period, as IKM where it was one in any month of it.
exporters as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        places.place_level,
        places.place_code,
        exporter_months.export_month,
        exporter_months.exporter_hash,
        bool_and(exporter_months.is_resolved) as is_resolved,
        bool_or(exporter_months.exporter_kind = 'ikm') as is_ikm,
        bool_or(exporter_months.exporter_kind = 'no_roster') as is_untold
    from exporter_months
    inner join places on exporter_months.region_code = places.region_code
    where exporter_months.exporter_kind <> 'unknown_exporter'
    group by
        exporter_months.basis, exporter_months.is_synthetic, places.place_level, places.place_code,
        exporter_months.export_month, exporter_months.exporter_hash
),

exporters_of_years as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        {{ first_of_month('year(export_month)', 1) }} as period_start,
        exporter_hash,
        bool_and(is_resolved) as is_resolved,
        bool_or(is_ikm) as is_ikm,
        bool_or(is_untold) as is_untold
    from exporters
    group by basis, is_synthetic, place_level, place_code, year(export_month), exporter_hash
),

final as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        'month' as period_kind,
        export_month as period_start,
        count(*) filter (where not is_resolved) as unresolved,
        count(*) filter (where is_ikm) as ikms,
        count(*) filter (where not is_ikm and not is_untold) as not_ikms,
        count(*) filter (where not is_ikm and is_untold) as no_rosters
    from exporters
    group by basis, is_synthetic, place_level, place_code, export_month
    union all
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        'year' as period_kind,
        period_start,
        count(*) filter (where not is_resolved) as unresolved,
        count(*) filter (where is_ikm) as ikms,
        count(*) filter (where not is_ikm and not is_untold) as not_ikms,
        count(*) filter (where not is_ikm and is_untold) as no_rosters
    from exporters_of_years
    group by basis, is_synthetic, place_level, place_code, period_start
)

select * from final
