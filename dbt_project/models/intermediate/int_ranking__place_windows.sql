{#- Both windows of each place in all measures; what no city is known of stands under the province. -#}
{%- set window = window_columns() | join(', ') -%}
{%- set sums = ranked_measures() + ['resolved_fob_usd', 'resolved_fob_usd_by_other_rates'] -%}
with

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
),

place_months as (
    select
        place,
        basis,
        is_synthetic,
        province_code,
        region_code,
        is_in_city,
        export_month,
        {% for column in ranked_measures() -%}
            sum({{ column }}) as {{ column }},
        {% endfor -%}
        coalesce(sum(fob_usd) filter (where is_resolved), 0) as resolved_fob_usd,
        coalesce(sum(fob_usd_by_other_rates) filter (where is_resolved), 0) as resolved_fob_usd_by_other_rates
    from placed_months
    group by place, basis, is_synthetic, province_code, region_code, is_in_city, export_month
),

sides as (
    select distinct {{ window }}, current_month as export_month, true as is_current
    from {{ ref('int_ranking__window_months') }}
    union all
    select distinct {{ window }}, base_month as export_month, false as is_current
    from {{ ref('int_ranking__window_months') }}
),

final as (
    select
        {% for column in window_columns() -%}
            sides.{{ column }},
        {% endfor -%}
        place_months.region_code,
        place_months.is_in_city,
    {% for column in sums -%}
        coalesce(sum(place_months.{{ column }}) filter (where not sides.is_current), 0) as base_{{ column }},
        coalesce(sum(place_months.{{ column }}) filter (where sides.is_current), 0) as current_{{ column }}
        {{- ',' if not loop.last }}
    {% endfor %}
    from sides
    inner join place_months
        on
            sides.basis = place_months.basis
            and sides.is_synthetic = place_months.is_synthetic
            and sides.place = place_months.place
            and sides.province_code = place_months.province_code
            and sides.export_month = place_months.export_month
    group by
        {% for column in window_columns() -%}
            sides.{{ column }},
        {% endfor -%}
        place_months.region_code, place_months.is_in_city
)

select * from final
