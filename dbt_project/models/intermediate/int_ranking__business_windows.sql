{#- What each business exported in both windows, from each place. Rules of one place and kind of window share it. -#}
{%- set window = window_columns() -%}
with

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
),

window_months as (
    select distinct {{ window | join(', ') }}, current_month, base_month
    from {{ ref('int_ranking__window_months') }}
),

sides as (
    select {{ window | join(', ') }}, current_month as export_month, true as is_current
    from window_months
    union all
    select {{ window | join(', ') }}, base_month as export_month, false as is_current
    from window_months
),

final as (
    select
        {% for column in window -%}
            sides.{{ column }},
        {% endfor -%}
        placed_months.region_code,
        placed_months.is_in_city,
        placed_months.ikm_id,
        bool_or(sides.is_current) as is_in_current,
        bool_or(not sides.is_current) as is_in_base,
        bool_and(placed_months.is_resolved) filter (where sides.is_current) as is_resolved,
    {% for column in ranked_measures() -%}
        coalesce(sum(placed_months.{{ column }}) filter (where not sides.is_current), 0) as base_{{ column }},
        coalesce(sum(placed_months.{{ column }}) filter (where sides.is_current), 0)
            as current_{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from sides
    inner join placed_months
        on
            sides.basis = placed_months.basis
            and sides.is_synthetic = placed_months.is_synthetic
            and sides.place = placed_months.place
            and sides.province_code = placed_months.province_code
            and sides.export_month = placed_months.export_month
    group by
        {% for column in window -%}
            sides.{{ column }},
        {% endfor -%}
        placed_months.region_code, placed_months.is_in_city, placed_months.ikm_id
)

select * from final
