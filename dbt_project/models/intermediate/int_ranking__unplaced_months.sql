{#- A province's part of a month's dollars of no known place: as much of them as of the dollars that have a province.
   The parts are good to a thousand millionth: they are only in what a coverage is of. -#}
with

months as (
    select
        place,
        basis,
        is_synthetic,
        province_code,
        export_month,
        coalesce(sum(fob_usd), 0) as fob_usd,
        coalesce(sum(fob_usd_by_other_rates), 0) as fob_usd_by_other_rates
    from {{ ref('int_ranking__placed_months') }}
    group by place, basis, is_synthetic, province_code, export_month
),

unplaced as (
    select * from months
    where province_code = '00'
),

placed as (
    select
        *,
        sum(fob_usd) over same_month as all_usd,
        sum(fob_usd_by_other_rates) over same_month as all_usd_by_other_rates
    from months
    where province_code <> '00'
    window same_month as (partition by place, basis, is_synthetic, export_month)
),

final as (
    select
        placed.place,
        placed.basis,
        placed.is_synthetic,
        placed.province_code,
        placed.export_month,
        case
            when placed.all_usd > 0
                then {{ like_share_of_money('unplaced.fob_usd', 'placed.fob_usd', 'placed.all_usd') }}
            else 0
        end as fob_usd,
        case
            when placed.all_usd_by_other_rates > 0
                then
                    {{ like_share_of_money(
                        'unplaced.fob_usd_by_other_rates', 'placed.fob_usd_by_other_rates',
                        'placed.all_usd_by_other_rates') }}
            else 0
        end as fob_usd_by_other_rates
    from placed
    inner join unplaced
        on
            placed.place = unplaced.place
            and placed.basis = unplaced.basis
            and placed.is_synthetic = unplaced.is_synthetic
            and placed.export_month = unplaced.export_month
)

select * from final
