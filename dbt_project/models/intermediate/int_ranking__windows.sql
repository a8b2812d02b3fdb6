{%- set window = window_columns() -%}
with

lists as (
    select * from {{ ref('int_ranking__lists') }}
),

compared_months as (
    select * from {{ ref('int_ranking__compared_months') }}
),

cities as (
    select * from {{ ref('stg_reference__regions') }}
    where region_level = 2
),

city_windows as (
    select * from {{ ref('int_ranking__city_windows') }}
),

-- All of the province, also what has no city in it.
provinces as (
    select
        {{ window | join(', ') }},
        {% for side in ['base', 'current'] -%}
            {% for column in ['fob_usd', 'fob_usd_by_other_rates'] -%}
                coalesce(sum({{ side }}_{{ column }}) filter (where is_in_city), 0) as {{ side }}_placed_{{ column }},
            {% endfor -%}
            {% for column in ranked_measures() -%}
                sum({{ side }}_{{ column }}) as {{ side }}_{{ column }},
            {% endfor -%}
        {% endfor -%}
        count(*) as places
    from {{ ref('int_ranking__place_windows') }}
    group by {{ window | join(', ') }}
),

-- Every city of the province for every list, also where it exported nothing or no month is compared.
final as (
    select
        ---------- which list
        lists.rule_name,
        lists.rule_version,
        lists.is_in_force,
        lists.basis,
        lists.place,
        lists.window_kind,
        lists.measure,
        lists.is_synthetic,
        lists.province_code,
        lists.year,
        lists.through_month,
        lists.last_index,
        cities.region_code,
        cities.region_name,
        lists.floor_usd,
        lists.minimum_exporters,
        lists.max_coverage_gap_points,
        lists.lag_months,
        lists.cut_off_month,
        compared_months.months_compared,
        compared_months.months_not_compared,
        compared_months.months_used,
        compared_months.months_left_out,

        ---------- the city
        {% for side in ['base', 'current'] -%}
            coalesce({{ by_rate_source('city_windows.' ~ side ~ '_fob_usd') }}, 0) as {{ side }}_usd,
            coalesce({{ in_measure('city_windows.' ~ side) }}, 0) as {{ side }}_amount,
            coalesce(city_windows.{{ side }}_items, 0) as {{ side }}_items,
            case
                when lists.measure = 'fob_usd'
                    then coalesce({{ by_rate_source('city_windows.' ~ side ~ '_items_without_rate') }}, 0)
                else 0
            end as {{ side }}_items_without_rate,
            coalesce({{ items_without_amount('city_windows.' ~ side) }}, 0) as {{ side }}_items_without_amount,
            coalesce({{ by_rate_source('city_windows.largest_' ~ side ~ '_fob_usd') }}, 0) as largest_{{ side }}_usd,
            coalesce({{ in_measure('city_windows.largest_' ~ side) }}, 0) as largest_{{ side }}_amount,
        {% endfor -%}
        coalesce(city_windows.base_exporters, 0) as base_exporters,
        coalesce(city_windows.exporters, 0) as exporters,
        coalesce(city_windows.exporters_unresolved, 0) as exporters_unresolved,
        coalesce(city_windows.largest_exporters, 0) as largest_exporters,
        coalesce({{ by_rate_source('city_windows.current_resolved_fob_usd') }}, 0) as resolved_usd,
        case when lists.measure = 'fob_usd' then {{ by_rate_source('city_windows.at_base_rates_fob_usd') }} end
            as at_base_rates_usd,

        ---------- its province
        {% for side in ['base', 'current'] -%}
            coalesce({{ by_rate_source('provinces.' ~ side ~ '_fob_usd') }}, 0) as province_{{ side }}_usd,
            coalesce(
                {{ by_rate_source('provinces.' ~ side ~ '_placed_fob_usd') }}, 0
            ) as province_{{ side }}_placed_usd,
            coalesce(provinces.{{ side }}_items, 0) as province_{{ side }}_items,
            coalesce({{ items_without_amount('provinces.' ~ side) }}, 0) as province_{{ side }}_items_without_amount,
        {% endfor -%}
        case
            when lists.measure = 'fob_usd'
                then
                    coalesce({{ by_rate_source('provinces.base_items_without_rate') }}, 0)
                    + coalesce({{ by_rate_source('provinces.current_items_without_rate') }}, 0)
            else 0
        end as province_items_without_rate
    from lists
    inner join compared_months on {{ same_list('lists', 'compared_months') }}
    inner join cities on lists.province_code = cities.province_code
    left join city_windows
        on
            {{ same_window('lists', 'city_windows') }}
            and cities.region_code = city_windows.region_code
    left join provinces
        on {{ same_window('lists', 'provinces') }}
)

select * from final
