{#- A province's part of a month's dollars of no known place: as much of them as of the dollars that have a province. The
   parts are good to a thousand millionth: they are only in what a coverage is of. -#}
{%- set columns = ['fob_usd', 'fob_usd_by_other_rates'] -%}
with

months as (
    select
        place,
        basis,
        is_synthetic,
        province_code,
        export_month,
        {% for column in columns -%}
            coalesce(sum({{ column }}), 0) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_ranking__placed_months') }}
    group by place, basis, is_synthetic, province_code, export_month
),

known as (
    select
        *,
        {% for column in columns -%}
            sum({{ column }}) over same_month as {{ column }}_of_all{{ ',' if not loop.last }}
        {% endfor %}
    from months
    where province_code <> '00'
    window same_month as (partition by place, basis, is_synthetic, export_month)
),

final as (
    select
        known.place,
        known.basis,
        known.is_synthetic,
        known.province_code,
        known.export_month,
        {% for column in columns -%}
            case
                when known.{{ column }}_of_all > 0
                    then {{ like_share_of_money('unknown.' ~ column, 'known.' ~ column, 'known.' ~ column ~ '_of_all') }}
                else 0
            end as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from known
    inner join months as unknown
        on
            known.place = unknown.place
            and known.basis = unknown.basis
            and known.is_synthetic = unknown.is_synthetic
            and known.export_month = unknown.export_month
            and unknown.province_code = '00'
)

select * from final
