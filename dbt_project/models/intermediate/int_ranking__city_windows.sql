{%- set window = window_columns() | join(', ') -%}
with

place_windows as (
    select * from {{ ref('int_ranking__place_windows') }}
    where is_in_city
),

business_windows as (
    select * from {{ ref('int_ranking__business_windows') }}
),

largest as (
    select * from {{ ref('int_ranking__largest_exporters') }}
),

at_base_rates as (
    select * from {{ ref('int_ranking__months_at_base_rates') }}
),

window_months as (
    select distinct {{ window }}, current_month
    from {{ ref('int_ranking__window_months') }}
),

counted as (
    select
        {{ window }},
        region_code,
        count(*) filter (where is_in_current) as exporters,
        count(*) filter (where is_in_current and not is_resolved) as exporters_unresolved,
        count(*) filter (where is_in_base) as base_exporters
    from business_windows
    group by {{ window }}, region_code
),

valued as (
    select
        {% for column in window_columns() -%}
            window_months.{{ column }},
        {% endfor -%}
        at_base_rates.region_code,
        sum(at_base_rates.fob_usd) filter (where at_base_rates.is_of_facts_rates) as fob_usd,
        sum(at_base_rates.fob_usd) filter (where not at_base_rates.is_of_facts_rates) as fob_usd_by_other_rates,
        sum(at_base_rates.currencies_without_rate) filter (where at_base_rates.is_of_facts_rates)
            as currencies_without_rate,
        sum(at_base_rates.currencies_without_rate) filter (where not at_base_rates.is_of_facts_rates)
            as currencies_without_rate_by_other_rates
    from window_months
    inner join at_base_rates
        on
            window_months.basis = at_base_rates.basis
            and window_months.is_synthetic = at_base_rates.is_synthetic
            and window_months.place = at_base_rates.place
            and window_months.current_month = at_base_rates.export_month
    group by
        {% for column in window_columns() -%}
            window_months.{{ column }},
        {% endfor -%}
        at_base_rates.region_code
),

final as (
    select
        {% for column in window_columns() -%}
            place_windows.{{ column }},
        {% endfor -%}
        place_windows.region_code,
        {% for column in ranked_measures() -%}
            place_windows.base_{{ column }},
            place_windows.current_{{ column }},
        {% endfor -%}
        place_windows.current_resolved_fob_usd,
        place_windows.current_resolved_fob_usd_by_other_rates,
        counted.exporters,
        counted.exporters_unresolved,
        counted.base_exporters,
        case when valued.currencies_without_rate = 0 then valued.fob_usd end as at_base_rates_fob_usd,
        case when valued.currencies_without_rate_by_other_rates = 0 then valued.fob_usd_by_other_rates end
            as at_base_rates_fob_usd_by_other_rates,
        case when largest.is_in_current then 1 else 0 end as largest_exporters,
    {% for column in ranked_amounts() -%}
        coalesce(largest.base_{{ column }}, 0) as largest_base_{{ column }},
        coalesce(largest.current_{{ column }}, 0) as largest_current_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from place_windows
    left join counted
        on
            {{ same_window('place_windows', 'counted') }}
            and place_windows.region_code = counted.region_code
    left join largest
        on
            {{ same_window('place_windows', 'largest') }}
            and place_windows.region_code = largest.region_code
    left join valued
        on
            {{ same_window('place_windows', 'valued') }}
            and place_windows.region_code = valued.region_code
)

select * from final
