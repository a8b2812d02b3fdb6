{#- Which businesses export in both windows from each place, and for how much. Rules of one place and kind of window
   share it. Kept narrow: it has a row for each business and list. -#}
with

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
    where is_in_city and ikm_id <> 'unknown'
),

sides as (
    select * from {{ ref('int_ranking__sides') }}
),

final as (
    select
        {% for column in window_columns() -%}
            sides.{{ column }},
        {% endfor -%}
        placed_months.region_code,
        placed_months.ikm_id,
        bool_and(placed_months.is_resolved) as is_resolved,
        bool_or(sides.is_current) as is_in_current,
        bool_or(not sides.is_current) as is_in_base,
        coalesce(sum(placed_months.fob_usd) filter (where sides.is_current), 0) as current_fob_usd,
        coalesce(sum(placed_months.fob_usd) filter (where not sides.is_current), 0) as base_fob_usd
    from sides
    inner join placed_months
        on
            sides.basis = placed_months.basis
            and sides.is_synthetic = placed_months.is_synthetic
            and sides.place = placed_months.place
            and sides.province_code = placed_months.province_code
            and sides.export_month = placed_months.export_month
    group by
        {% for column in window_columns() -%}
            sides.{{ column }},
        {% endfor -%}
        placed_months.region_code, placed_months.ikm_id
)

select * from final
