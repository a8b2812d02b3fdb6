{#- Both windows of each place in all measures; what no city is known of stands under the province,
   and of what no place is known at all the province's part under '00.00': dollars alone, no items. -#}
{%- set sums = ranked_measures() + ['resolved_fob_usd', 'resolved_fob_usd_by_other_rates'] -%}
with

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
),

unplaced_months as (
    select * from {{ ref('int_ranking__unplaced_months') }}
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
    union all
    select
        place,
        basis,
        is_synthetic,
        province_code,
        '00.00' as region_code,
        false as is_in_city,
        export_month,
        {% for column in ranked_measures() -%}
            {{ column if column in ['fob_usd', 'fob_usd_by_other_rates'] else 0 }} as {{ column }},
        {% endfor -%}
        0 as resolved_fob_usd,
        0 as resolved_fob_usd_by_other_rates
    from unplaced_months
),

sides as (
    select * from {{ ref('int_ranking__sides') }}
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
