with

exporter_months as (
    select * from {{ ref('int_ikm__exporter_months') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
),

counted as (
    select * from {{ ref('int_ikm__exporters') }}
),

-- Amounts add up from the cities' months.
amounts as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        places.place_level,
        places.place_code,
        exporter_months.export_month,
        coalesce(sum(exporter_months.fob_usd) filter (where exporter_months.exporter_kind = 'ikm'), 0) as ikm_usd,
        coalesce(sum(exporter_months.fob_usd) filter (where exporter_months.exporter_kind = 'not_ikm'), 0)
            as not_ikm_usd,
        coalesce(sum(exporter_months.fob_usd) filter (where exporter_months.exporter_kind = 'no_roster'), 0)
            as no_roster_usd,
        coalesce(sum(exporter_months.fob_usd) filter (where exporter_months.exporter_kind = 'unknown_exporter'), 0)
            as unknown_exporter_usd,
        sum(exporter_months.items_without_rate) as items_without_rate
    from exporter_months
    inner join places on exporter_months.region_code = places.region_code
    group by
        exporter_months.basis, exporter_months.is_synthetic, places.place_level, places.place_code,
        exporter_months.export_month
),

period_amounts as (
    select
        *,
        'month' as period_kind,
        export_month as period_start
    from amounts
    union all
    select
        *,
        'year' as period_kind,
        {{ first_of_month('year(export_month)', 1) }} as period_start
    from amounts
),

summed as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        period_kind,
        period_start,
        sum(ikm_usd) as ikm_usd,
        sum(not_ikm_usd) as not_ikm_usd,
        sum(no_roster_usd) as no_roster_usd,
        sum(unknown_exporter_usd) as unknown_exporter_usd,
        sum(items_without_rate) as items_without_rate
    from period_amounts
    group by basis, is_synthetic, place_level, place_code, period_kind, period_start
),

totalled as (
    select
        summed.*,
        summed.ikm_usd + summed.not_ikm_usd + summed.no_roster_usd + summed.unknown_exporter_usd as fob_usd,
        summed.ikm_usd + summed.not_ikm_usd as told_usd,
        coalesce(counted.ikms, 0) as ikms,
        coalesce(counted.not_ikms, 0) as not_ikms,
        coalesce(counted.no_rosters, 0) as no_rosters,
        coalesce(counted.unresolved, 0) as unresolved,
        coalesce(counted.ikms + counted.not_ikms, 0) as told_exporters
    from summed
    left join counted
        on
            summed.basis = counted.basis
            and summed.is_synthetic = counted.is_synthetic
            and summed.place_level = counted.place_level
            and summed.place_code = counted.place_code
            and summed.period_kind = counted.period_kind
            and summed.period_start = counted.period_start
),

place_names as (
    select distinct place_level, place_code, place_name, province_code from places
),

final as (
    select
        ---------- which place and period
        totalled.basis,
        totalled.is_synthetic,
        totalled.place_level,
        totalled.place_code,
        totalled.period_kind,
        totalled.period_start,
        place_names.place_name,
        place_names.province_code,

        ---------- value
        cast(totalled.fob_usd as decimal(24, 2)) as fob_usd,
        cast(totalled.ikm_usd as decimal(24, 2)) as ikm_usd,
        cast(totalled.not_ikm_usd as decimal(24, 2)) as not_ikm_usd,
        cast(totalled.no_roster_usd as decimal(24, 2)) as no_roster_usd,
        cast(totalled.unknown_exporter_usd as decimal(24, 2)) as unknown_exporter_usd,
        -- Where a roster is missing, those who were found say nothing of those who could not be looked for.
        case
            when totalled.no_roster_usd = 0 and totalled.told_usd > 0
                then {{ percent_of('totalled.ikm_usd', 'totalled.told_usd') }}
        end as ikm_share_pct,
        case
            when totalled.fob_usd > 0 then {{ percent_of('totalled.ikm_usd', 'totalled.fob_usd') }}
        end as ikm_share_least_pct,
        case
            when totalled.fob_usd > 0
                then {{ percent_of(
                    '(totalled.ikm_usd + totalled.no_roster_usd + totalled.unknown_exporter_usd)',
                    'totalled.fob_usd') }}
        end as ikm_share_most_pct,

        ---------- exporters
        cast(totalled.ikms + totalled.not_ikms + totalled.no_rosters as integer) as exporters,
        cast(totalled.ikms as integer) as ikm_exporters,
        cast(totalled.not_ikms as integer) as not_ikm_exporters,
        cast(totalled.no_rosters as integer) as no_roster_exporters,
        cast(totalled.unresolved as integer) as exporters_unresolved,
        case
            when totalled.no_rosters = 0 and totalled.told_exporters > 0
                then {{ percent_of('totalled.ikms', 'totalled.told_exporters') }}
        end as ikm_exporters_share_pct,
        cast(totalled.items_without_rate as integer) as items_without_rate
    from totalled
    inner join place_names
        on totalled.place_level = place_names.place_level and totalled.place_code = place_names.place_code
)

select * from final
