with

windows as (
    select * from {{ ref('int_ranking__windows') }}
),

cities as (
    select * from {{ ref('stg_reference__regions') }}
),

-- A rule has one version in force: the newest.
rules as (
    select * from {{ ref('stg_reference__ranking_rules') }}
    qualify rule_version = max(rule_version) over (partition by rule_name, basis)
),

judged as (
    select
        rules.rule_name,
        rules.rule_version,
        windows.*,
        cities.region_name,
        windows.base_items_without_rate + windows.current_items_without_rate as items_without_rate,
        case
            when windows.base_usd > 0 and windows.base_usd < rules.floor_usd then 'below_floor'
            when windows.base_usd > 0 and windows.exporters < rules.minimum_exporters then 'few_exporters'
            when windows.base_usd > 0 then null
            when windows.base_items_without_rate > 0 then 'rate_missing'
            when windows.current_items > 0 then 'new'
            else 'no_exports'
        end as unranked_reason,
        case when windows.base_usd > 0 then {{ growth_percent('windows.base_usd', 'windows.current_usd') }} end
            as growth_pct,
        case when windows.base_usd > 0 then {{ growth_to_rank_by('windows.base_usd', 'windows.current_usd') }} end
            as growth
    from windows
    inner join rules on windows.basis = rules.basis
    inner join cities on windows.region_code = cities.region_code
),

ranked as (
    select
        *,
        case
            when unranked_reason is null
                then rank() over (
                    partition by
                        rule_name, basis, is_synthetic, province_code, through_month, unranked_reason is null
                    order by growth desc
                )
        end as place,
        unranked_reason is null and count(*) over (
            partition by
                rule_name, basis, is_synthetic, province_code, through_month, unranked_reason is null, growth
        ) > 1 as is_tie,
        count(*) filter (where unranked_reason is null) over same_list as cities_ranked,
        count(*) over same_list as cities_total
    from judged
    window same_list as (partition by rule_name, basis, is_synthetic, province_code, through_month)
),

final as (
    select
        ---------- which list
        rule_name,
        rule_version,
        basis,
        is_synthetic,
        province_code,
        cast(year as integer) as year,
        through_month,
        region_code,
        region_name,

        ---------- the figures
        cast(place as integer) as rank,
        cast(base_usd as decimal(24, 2)) as base_usd,
        cast(current_usd as decimal(24, 2)) as current_usd,
        cast(current_usd - base_usd as decimal(24, 2)) as change_usd,
        growth_pct,
        cast(base_exporters as integer) as base_exporters,
        cast(exporters as integer) as exporters,
        cast(exporters_unresolved as integer) as exporters_unresolved,
        cast(months_compared as integer) as months_compared,
        cast(cities_ranked as integer) as cities_ranked,
        cast(cities_total as integer) as cities_total,
        concat_ws(
            ',',
            case when is_synthetic then 'data_buatan' end,
            case when months_left_out > 0 then 'months_left_out' end,
            case when items_without_rate > 0 then 'rate_missing' end,
            case when is_tie then 'tie' end
        ) as flags,
        unranked_reason
    from ranked
)

select * from final
