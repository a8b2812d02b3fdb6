{#- The largest exporter of a city's window: that of the current one in dollars, of equal ones the larger of the
   base. -#}
{%- set window = window_columns() | join(', ') -%}
with

business_windows as (
    select * from {{ ref('int_ranking__business_windows') }}
),

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
),

sides as (
    select * from {{ ref('int_ranking__sides') }}
),

most as (
    select
        {{ window }},
        region_code,
        max(current_fob_usd) as current_fob_usd
    from business_windows
    group by {{ window }}, region_code
),

largest as (
    select business_windows.*
    from business_windows
    inner join most
        on
            {{ same_window('business_windows', 'most') }}
            and business_windows.region_code = most.region_code
            and business_windows.current_fob_usd = most.current_fob_usd
    qualify row_number() over (
        partition by
            {% for column in window_columns() -%}
                business_windows.{{ column }},
            {% endfor -%}
            business_windows.region_code
        order by business_windows.base_fob_usd desc, business_windows.ikm_id
    ) = 1
),

final as (
    select
        {% for column in window_columns() -%}
            largest.{{ column }},
        {% endfor -%}
        largest.region_code,
        largest.ikm_id,
        largest.is_in_current,
    {% for column in ranked_amounts() -%}
        coalesce(sum(placed_months.{{ column }}) filter (where not sides.is_current), 0) as base_{{ column }},
        coalesce(sum(placed_months.{{ column }}) filter (where sides.is_current), 0) as current_{{ column }}
        {{- ',' if not loop.last }}
    {% endfor %}
    from largest
    inner join sides on {{ same_window('largest', 'sides') }}
    inner join placed_months
        on
            largest.basis = placed_months.basis
            and largest.is_synthetic = placed_months.is_synthetic
            and largest.place = placed_months.place
            and largest.region_code = placed_months.region_code
            and largest.ikm_id = placed_months.ikm_id
            and sides.export_month = placed_months.export_month
    group by
        {% for column in window_columns() -%}
            largest.{{ column }},
        {% endfor -%}
        largest.region_code, largest.ikm_id, largest.is_in_current
)

select * from final
