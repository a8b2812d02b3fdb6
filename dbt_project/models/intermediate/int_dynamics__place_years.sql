with

years as (
    select * from {{ ref('int_dynamics__years') }}
),

places as (
    select distinct
        place_level,
        place_code,
        place_name,
        province_code
    from {{ ref('int_reference__places') }}
    where place_level <> 'unknown'
),

counts as (
    select * from {{ ref('int_dynamics__counts') }}
),

concentration as (
    select * from {{ ref('int_dynamics__concentration') }}
),

-- The province and every city of it in every year there is, also where nobody exported.
final as (
    select
        years.basis,
        years.is_synthetic,
        years.province_code,
        years.year,
        years.months_covered,
        years.is_whole,
        years.is_whole_with_last,
        years.is_whole_with_next,
        places.place_level,
        places.place_code,
        places.place_name,
        coalesce(counts.exporters, 0) as exporters,
        coalesce(counts.exporters_unresolved, 0) as exporters_unresolved,
        coalesce(year_before.exporters, 0) as exporters_before,
        coalesce(counts.not_there_before, 0) as not_there_before,
        coalesce(counts.there_before, 0) as there_before,
        coalesce(year_before.gone_next_year, 0) as gone,
        coalesce(counts.came_and_stays, 0) as came_and_stays,
        coalesce(counts.fob_usd, 0) as fob_usd,
        coalesce(counts.unknown_exporter_usd, 0) as unknown_exporter_usd,
        coalesce(counts.top5_usd, 0) as top5_usd,
        coalesce(counts.items_without_rate, 0) as items_without_rate,
        coalesce(concentration.products, 0) as products,
        concentration.hhi_products,
        coalesce(concentration.markets, 0) as markets,
        concentration.hhi_markets
    from years
    inner join places on years.province_code = places.province_code
    left join counts
        on
            years.basis = counts.basis
            and years.is_synthetic = counts.is_synthetic
            and places.place_level = counts.place_level
            and places.place_code = counts.place_code
            and years.year = counts.year
    left join counts as year_before
        on
            years.basis = year_before.basis
            and years.is_synthetic = year_before.is_synthetic
            and places.place_level = year_before.place_level
            and places.place_code = year_before.place_code
            and years.year = year_before.year + 1
    left join concentration
        on
            years.basis = concentration.basis
            and years.is_synthetic = concentration.is_synthetic
            and places.place_level = concentration.place_level
            and places.place_code = concentration.place_code
            and years.year = concentration.year
)

select * from final
