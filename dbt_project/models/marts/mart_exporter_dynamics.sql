with

place_years as (
    select * from {{ ref('int_dynamics__place_years') }}
),

final as (
    select
        ---------- which place and year
        basis,
        is_synthetic,
        place_level,
        place_code,
        cast(year as integer) as year,
        place_name,
        province_code,
        cast(months_covered as integer) as months_covered,
        is_whole as is_whole_year,

        ---------- who exported
        cast(exporters as integer) as exporters,
        cast(exporters_unresolved as integer) as exporters_unresolved,
        case
            when exporters > 0 then {{ percent_of('exporters_unresolved', 'exporters') }}
        end as unresolved_share_pct,
        cast(case when is_whole_with_last then exporters_before end as integer) as exporters_last_year,
        cast(case when is_whole_with_last then not_there_before end as integer) as entrants,
        cast(case when is_whole_with_last then there_before end as integer) as continuing,
        cast(case when is_whole_with_last then gone end as integer) as exiters,
        cast(case when is_whole_with_last and is_whole_with_next then came_and_stays end as integer) as survivors,
        case
            when is_whole_with_last and exporters > 0
                then {{ percent_of('not_there_before', 'exporters') }}
        end as entry_rate_pct,
        case
            when is_whole_with_last and exporters_before > 0 then {{ percent_of('gone', 'exporters_before') }}
        end as exit_rate_pct,
        case
            when is_whole_with_last and is_whole_with_next and not_there_before > 0
                then {{ percent_of('came_and_stays', 'not_there_before') }}
        end as survival_rate_pct,

        ---------- how much hangs on few
        cast(fob_usd as decimal(24, 2)) as fob_usd,
        cast(unknown_exporter_usd as decimal(24, 2)) as unknown_exporter_usd,
        cast(case when is_whole then top5_usd end as decimal(24, 2)) as top5_firms_usd,
        case
            when is_whole and fob_usd > 0 then {{ percent_of('top5_usd', 'fob_usd') }}
        end as top5_firms_share_pct,
        cast(case when is_whole then products end as integer) as products,
        case when is_whole then hhi_products end as hhi_products,
        cast(case when is_whole then markets end as integer) as markets,
        case when is_whole then hhi_markets end as hhi_markets,
        cast(items_without_rate as integer) as items_without_rate,
        concat_ws(
            ',',
            case when is_synthetic then 'data_buatan' end,
            case when not is_whole then 'year_not_whole' end,
            case when is_whole and not is_whole_with_last then 'history_too_short' end,
            case when is_whole and not is_whole_with_next then 'next_year_not_whole' end,
            case when items_without_rate > 0 then 'rate_missing' end,
            case when unknown_exporter_usd > 0 then 'exporter_unknown' end
        ) as flags
    from place_years
)

select * from final
