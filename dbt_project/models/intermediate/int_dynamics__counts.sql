with

exporter_years as (
    select * from {{ ref('int_dynamics__exporter_years') }}
),

known as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        year,
        is_resolved,
        fob_usd,
        coalesce(lag(year) over own_years = year - 1, false) as was_there,
        coalesce(lead(year) over own_years = year + 1, false) as stays,
        row_number() over (
            partition by basis, is_synthetic, place_level, place_code, year order by fob_usd desc, exporter_hash
        ) as place_by_value
    from exporter_years
    where not is_unknown
    window own_years as (
        partition by basis, is_synthetic, place_level, place_code, exporter_hash order by year
    )
),

counted as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        year,
        count(*) as exporters,
        count(*) filter (where not is_resolved) as exporters_unresolved,
        count(*) filter (where not was_there) as not_there_before,
        count(*) filter (where was_there) as there_before,
        count(*) filter (where not stays) as gone_next_year,
        count(*) filter (where not was_there and stays) as came_and_stays,
        sum(fob_usd) filter (where place_by_value <= 5) as top5_usd
    from known
    group by basis, is_synthetic, place_level, place_code, year
),

amounts as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        year,
        sum(fob_usd) as fob_usd,
        coalesce(sum(fob_usd) filter (where is_unknown), 0) as unknown_exporter_usd,
        sum(items_without_rate) as items_without_rate
    from exporter_years
    group by basis, is_synthetic, place_level, place_code, year
),

final as (
    select
        amounts.*,
        coalesce(counted.exporters, 0) as exporters,
        coalesce(counted.exporters_unresolved, 0) as exporters_unresolved,
        coalesce(counted.not_there_before, 0) as not_there_before,
        coalesce(counted.there_before, 0) as there_before,
        coalesce(counted.gone_next_year, 0) as gone_next_year,
        coalesce(counted.came_and_stays, 0) as came_and_stays,
        coalesce(counted.top5_usd, 0) as top5_usd
    from amounts
    left join counted
        on
            amounts.basis = counted.basis
            and amounts.is_synthetic = counted.is_synthetic
            and amounts.place_level = counted.place_level
            and amounts.place_code = counted.place_code
            and amounts.year = counted.year
)

select * from final
