with

city_months as (
    select * from {{ ref('int_exports__city_months') }}
    where is_in_scope
),

changes as (
    select * from {{ ref('int_revisions__changes') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
),

lags as (
    {{ integers(0, 12) }}
),

-- As far as the source goes: a month after its last one has not been yet.
horizons as (
    select basis, is_synthetic, max({{ month_index('export_month') }}) as last_index
    from {{ ref('int_exports__city_months') }}
    group by basis, is_synthetic
),

region_months as (
    select basis, is_synthetic, region_code, export_month from city_months
    union
    select basis, is_synthetic, region_code, export_month from changes
),

cells as (
    select
        region_months.*,
        lags.number as lag_months
    from region_months
    inner join horizons
        on region_months.basis = horizons.basis and region_months.is_synthetic = horizons.is_synthetic
    inner join lags on {{ month_index('region_months.export_month') }} + lags.number <= horizons.last_index
),

changed as (
    select
        cells.basis,
        cells.is_synthetic,
        cells.region_code,
        cells.export_month,
        cells.lag_months,
        sum(changes.change_usd) filter (where not changes.is_undated) as change_usd,
        sum(changes.change_usd) filter (where changes.is_undated) as undated_usd
    from cells
    inner join changes
        on
            cells.basis = changes.basis
            and cells.is_synthetic = changes.is_synthetic
            and cells.region_code = changes.region_code
            and cells.export_month = changes.export_month
            and (changes.is_undated or cells.lag_months between changes.first_lag and changes.last_lag)
    group by cells.basis, cells.is_synthetic, cells.region_code, cells.export_month, cells.lag_months
),

by_region as (
    select
        cells.basis,
        cells.is_synthetic,
        cells.region_code,
        cells.export_month,
        cells.lag_months,
        coalesce(city_months.fob_usd, 0) as latest_usd,
        coalesce(city_months.fob_usd, 0) + coalesce(changed.change_usd, 0) as fob_usd,
        coalesce(changed.undated_usd, 0) as undated_usd
    from cells
    left join city_months
        on
            cells.basis = city_months.basis
            and cells.is_synthetic = city_months.is_synthetic
            and cells.region_code = city_months.region_code
            and cells.export_month = city_months.export_month
    left join changed
        on
            cells.basis = changed.basis
            and cells.is_synthetic = changed.is_synthetic
            and cells.region_code = changed.region_code
            and cells.export_month = changed.export_month
            and cells.lag_months = changed.lag_months
),

by_place as (
    select
        by_region.basis,
        by_region.is_synthetic,
        places.place_level,
        places.place_code,
        places.province_code,
        by_region.export_month,
        by_region.lag_months,
        sum(by_region.fob_usd) as fob_usd,
        sum(by_region.latest_usd) as latest_usd,
        sum(by_region.undated_usd) as undated_usd
    from by_region
    inner join places on by_region.region_code = places.region_code
    group by all
),

final as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        export_month as reference_month,
        cast(lag_months as integer) as lag_months,
        province_code,
        {{ month_at('(' ~ month_index('export_month') ~ ' + lag_months)') }} as as_of_month,
        cast(fob_usd as decimal(24, 2)) as fob_usd,
        cast(latest_usd as decimal(24, 2)) as latest_usd,
        cast(latest_usd - fob_usd as decimal(24, 2)) as change_since_usd,
        case when fob_usd > 0 then {{ growth_percent('fob_usd', 'latest_usd') }} end as change_since_pct,
        cast(undated_usd as decimal(24, 2)) as undated_usd
    from by_place
)

select * from final
