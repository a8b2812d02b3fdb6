{%- set window = window_columns() -%}
with

business_windows as (
    select * from {{ ref('int_ranking__business_windows') }}
    where is_in_city
),

named as (
    select * from business_windows
    where ikm_id <> 'unknown'
),

at_base_rates as (
    select * from {{ ref('int_ranking__months_at_base_rates') }}
),

window_months as (
    select distinct {{ window | join(', ') }}, current_month
    from {{ ref('int_ranking__window_months') }}
),

summed as (
    select
        {{ window | join(', ') }},
        region_code,
        count(*) filter (where is_in_current and ikm_id <> 'unknown') as exporters,
        count(*) filter (where is_in_current and ikm_id <> 'unknown' and not is_resolved) as exporters_unresolved,
        count(*) filter (where is_in_base and ikm_id <> 'unknown') as base_exporters,
        coalesce(sum(current_fob_usd) filter (where is_resolved), 0) as resolved_fob_usd,
        coalesce(sum(current_fob_usd_by_other_rates) filter (where is_resolved), 0) as resolved_fob_usd_by_other_rates,
    {% for column in ranked_measures() -%}
        sum(base_{{ column }}) as base_{{ column }},
        sum(current_{{ column }}) as current_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from business_windows
    group by {{ window | join(', ') }}, region_code
),

most as (
    select
        {{ window | join(', ') }},
        region_code,
        max(current_fob_usd) as current_fob_usd
    from named
    group by {{ window | join(', ') }}, region_code
),

-- The largest exporter is that of the current window in dollars; of equal ones the larger of the base.
largest as (
    select named.*
    from named
    inner join most
        on
            {{ same_window('named', 'most') }}
            and named.region_code = most.region_code
            and named.current_fob_usd = most.current_fob_usd
    qualify row_number() over (
        partition by
            {% for column in window %}named.{{ column }},
            {% endfor %}named.region_code
        order by named.base_fob_usd desc, named.ikm_id
    ) = 1
),

valued as (
    select
        {% for column in window -%}
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
        {% for column in window -%}
            window_months.{{ column }},
        {% endfor -%}
        at_base_rates.region_code
),

final as (
    select
        summed.*,
        case when valued.currencies_without_rate = 0 then valued.fob_usd end as at_base_rates_fob_usd,
        case when valued.currencies_without_rate_by_other_rates = 0 then valued.fob_usd_by_other_rates end
            as at_base_rates_fob_usd_by_other_rates,
        case when largest.is_in_current then 1 else 0 end as largest_exporters,
    {% for column in ranked_amounts() -%}
        coalesce(largest.base_{{ column }}, 0) as largest_base_{{ column }},
        coalesce(largest.current_{{ column }}, 0) as largest_current_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from summed
    left join largest
        on
            {{ same_window('summed', 'largest') }}
            and summed.region_code = largest.region_code
    left join valued
        on
            {{ same_window('summed', 'valued') }}
            and summed.region_code = valued.region_code
)

select * from final
