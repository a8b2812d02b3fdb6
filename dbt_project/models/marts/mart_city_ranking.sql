{%- set list = list_columns() -%}
with

windows as (
    select * from {{ ref('int_ranking__windows') }}
),

covered as (
    select
        *,
        {{ coverage_percent('base') }} as base_coverage_pct,
        {{ coverage_percent('current') }} as current_coverage_pct,
        base_usd - largest_base_usd as rest_base_usd,
        base_amount - largest_base_amount as rest_base_amount,
        current_amount - largest_current_amount as rest_current_amount,
        exporters - largest_exporters as rest_exporters
    from windows
),

judged as (
    select
        *,
        case
            when months_compared = 0 then 'no_month_to_compare'
            -- Before the floor: what has no rate is missing from the dollars that are held against it.
            when base_amount > 0 and abs(base_coverage_pct - current_coverage_pct) > max_coverage_gap_points
                then 'coverage'
            when base_amount > 0 and base_usd < floor_usd then 'below_floor'
            when base_amount > 0 and exporters < minimum_exporters then 'few_exporters'
            when base_amount > 0 then null
            when base_items_without_rate > 0 then 'rate_missing'
            when base_items_without_amount > 0 then 'coverage'
            when current_items > 0 then 'new'
            else 'no_exports'
        end as unranked_reason,
        case when base_amount > 0 then {{ growth_to_rank_by('base_amount', 'current_amount') }} end as growth
    from covered
),

ranked as (
    select
        *,
        case
            when unranked_reason is null
                then rank() over (
                    partition by {{ list }}, unranked_reason is null
                    order by growth desc
                )
        end as place_in_list,
        unranked_reason is null and count(*) over (
            partition by {{ list }}, unranked_reason is null, growth
        ) > 1 as is_tie,
        count(*) filter (where unranked_reason is null) over same_list as cities_ranked,
        count(*) over same_list as cities_total
    from judged
    window same_list as (partition by {{ list }})
),

told as (
    select *, concat(rule_name, '/', basis, ':', coalesce(cast(place_in_list as varchar), '-')) as rank_text
    from ranked
),

-- The city as the rule would judge it without its largest exporter, among the others as they are.
without_largest as (
    select
        {{ list }},
        region_code,
        {{ growth_to_rank_by('rest_base_amount', 'rest_current_amount') }} as growth
    from ranked
    where
        unranked_reason is null
        and rest_base_amount > 0
        and rest_base_usd >= floor_usd
        and rest_exporters >= minimum_exporters
),

ranks_without_largest as (
    select
        {% for column in list_columns().split(', ') -%}
            without_largest.{{ column }},
        {% endfor -%}
        without_largest.region_code,
        count(ranked.region_code) + 1 as rank_without_largest
    from without_largest
    left join ranked
        on
            {{ same_list('without_largest', 'ranked') }}
            and without_largest.region_code <> ranked.region_code
            and ranked.unranked_reason is null
            and without_largest.growth < ranked.growth
    group by
        {% for column in list_columns().split(', ') -%}
            without_largest.{{ column }},
        {% endfor -%}
        without_largest.region_code
),

-- What the other rules in force say of the city for the same months; those of the other basis too. A rule that lacks
-- the data to judge the city says nothing of it.
elsewhere as (
    select
        {% for column in list_columns().split(', ') -%}
            ranked.{{ column }},
        {% endfor -%}
        ranked.region_code,
        {{ joined_texts('other.rank_text') }} as ranks_elsewhere,
        bool_and(coalesce(other.place_in_list = ranked.place_in_list, false)) as is_rank_same_elsewhere
    from ranked
    inner join told as other
        on
            ranked.is_synthetic = other.is_synthetic
            and ranked.year = other.year
            and ranked.through_month = other.through_month
            and ranked.region_code = other.region_code
            and other.is_in_force
            and coalesce(other.unranked_reason, '') not in ('coverage', 'rate_missing', 'no_month_to_compare')
            and not (
                ranked.rule_name = other.rule_name and ranked.basis = other.basis
                and ranked.rule_version = other.rule_version
            )
    group by
        {% for column in list_columns().split(', ') -%}
            ranked.{{ column }},
        {% endfor -%}
        ranked.region_code
),

final as (
    select
        ---------- which list
        ranked.rule_name,
        ranked.rule_version,
        ranked.is_in_force,
        ranked.basis,
        ranked.place,
        ranked.window_kind,
        ranked.measure,
        ranked.is_synthetic,
        ranked.province_code,
        cast(ranked.year as integer) as year,
        ranked.through_month,
        ranked.region_code,
        ranked.region_name,

        ---------- the figures
        cast(ranked.place_in_list as integer) as rank,
        cast(ranked.base_usd as decimal(24, 2)) as base_usd,
        cast(ranked.current_usd as decimal(24, 2)) as current_usd,
        cast(ranked.current_usd - ranked.base_usd as decimal(24, 2)) as change_usd,
        cast(ranked.base_amount as decimal(24, 2)) as base_amount,
        cast(ranked.current_amount as decimal(24, 2)) as current_amount,
        case
            when ranked.base_amount > 0 then {{ growth_percent('ranked.base_amount', 'ranked.current_amount') }}
        end as growth_pct,
        case
            when ranked.base_amount + ranked.current_amount > 0
                then {{ midpoint_growth_percent('ranked.base_amount', 'ranked.current_amount') }}
        end as midpoint_growth_pct,
        case
            when ranked.base_usd > 0 and ranked.at_base_rates_usd is not null
                then {{ growth_percent('ranked.base_usd', 'ranked.at_base_rates_usd') }}
            -- Nothing was sold, at whatever rate.
            when ranked.base_usd > 0 and ranked.measure = 'fob_usd' and ranked.current_items = 0
                then cast(-100 as decimal(24, 2))
        end as growth_at_base_rates_pct,

        ---------- how much is known
        cast(ranked.base_exporters as integer) as base_exporters,
        cast(ranked.exporters as integer) as exporters,
        cast(ranked.exporters_unresolved as integer) as exporters_unresolved,
        ranked.base_coverage_pct,
        ranked.current_coverage_pct,
        case
            when
                ranked.current_usd > 0
                then cast({{ percent_of('ranked.resolved_usd', 'ranked.current_usd') }} as decimal(9, 4))
        end as match_rate_pct,

        ---------- which months
        cast(ranked.months_compared as integer) as months_compared,
        coalesce(ranked.months_used, '') as months_used,
        coalesce(ranked.months_left_out, '') as months_left_out,
        ranked.cut_off_month,
        coalesce({{ plus_months('ranked.through_month', 'ranked.lag_months') }} <= ranked.cut_off_month, false)
        and ranked.province_items_without_rate = 0 as is_final,

        ---------- how firm the rank is
        elsewhere.ranks_elsewhere,
        case when ranked.place_in_list is not null then elsewhere.is_rank_same_elsewhere end as is_rank_same_elsewhere,
        cast(ranks_without_largest.rank_without_largest as integer) as rank_without_largest,
        case
            when ranked.place_in_list is not null
                then coalesce(ranks_without_largest.rank_without_largest <> ranked.place_in_list, true)
        end as depends_on_few,

        ---------- the list
        cast(ranked.cities_ranked as integer) as cities_ranked,
        cast(ranked.cities_total as integer) as cities_total,
        concat_ws(
            ',',
            case when ranked.is_synthetic then 'data_buatan' end,
            case when ranked.months_not_compared > 0 then 'months_left_out' end,
            case when ranked.base_items_without_rate + ranked.current_items_without_rate > 0 then 'rate_missing' end,
            case when ranked.is_tie then 'tie' end
        ) as flags,
        ranked.unranked_reason
    from ranked
    left join elsewhere
        on {{ same_list('ranked', 'elsewhere') }} and ranked.region_code = elsewhere.region_code
    left join ranks_without_largest
        on
            {{ same_list('ranked', 'ranks_without_largest') }}
            and ranked.region_code = ranks_without_largest.region_code
)

select * from final
