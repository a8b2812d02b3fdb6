{#- The months of both windows, once for all rules of one place and kind of window. -#}
{%- set window = window_columns() | join(', ') -%}
with

window_months as (
    select * from {{ ref('int_ranking__window_months') }}
),

final as (
    select distinct {{ window }}, current_month as export_month, true as is_current
    from window_months
    union all
    select distinct {{ window }}, base_month as export_month, false as is_current
    from window_months
)

select * from final
