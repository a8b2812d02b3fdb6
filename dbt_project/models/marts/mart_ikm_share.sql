with

exporter_months as (
    select * from {{ ref('int_ikm__exporter_months') }}
),

places as (
    select * from {{ ref('int_reference__places') }}
),

periods as (
    select
        *,
        'month' as period_kind,
        export_month as period_start
    from exporter_months
    union all
    select
        *,
        'year' as period_kind,
        {{ first_of_month('year(export_month)', 1) }} as period_start
    from exporter_months
),

-- One line an exporter, a place and a period: it counts once, and as IKM where it was one in any month.
exporters as (
    select
        periods.basis,
        periods.is_synthetic,
        places.place_level,
        places.place_code,
        periods.period_kind,
        periods.period_start,
        periods.exporter_party_key,
        case
            when periods.exporter_party_key = 'unknown' then 'unknown_exporter'
            when bool_or(periods.exporter_kind = 'ikm') then 'ikm'
            when bool_or(periods.exporter_kind = 'no_roster') then 'no_roster'
            else 'not_ikm'
        end as exporter_kind,
        coalesce(sum(periods.fob_usd) filter (where periods.exporter_kind = 'ikm'), 0) as ikm_usd,
        coalesce(sum(periods.fob_usd) filter (where periods.exporter_kind = 'not_ikm'), 0) as not_ikm_usd,
        coalesce(sum(periods.fob_usd) filter (where periods.exporter_kind = 'no_roster'), 0) as no_roster_usd,
        coalesce(sum(periods.fob_usd) filter (where periods.exporter_kind = 'unknown_exporter'), 0)
            as unknown_exporter_usd,
        sum(periods.items_without_rate) as items_without_rate
    from periods
    inner join places on periods.region_code = places.region_code
    group by
        periods.basis, periods.is_synthetic, places.place_level, places.place_code, periods.period_kind,
        periods.period_start, periods.exporter_party_key
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
        count(*) filter (where exporter_kind = 'ikm') as ikms,
        count(*) filter (where exporter_kind = 'not_ikm') as not_ikms,
        count(*) filter (where exporter_kind = 'no_roster') as no_rosters,
        sum(items_without_rate) as items_without_rate
    from exporters
    group by basis, is_synthetic, place_level, place_code, period_kind, period_start
),

totalled as (
    select
        *,
        ikm_usd + not_ikm_usd + no_roster_usd + unknown_exporter_usd as fob_usd,
        ikm_usd + not_ikm_usd as told_usd,
        ikms + not_ikms as told_exporters
    from summed
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
