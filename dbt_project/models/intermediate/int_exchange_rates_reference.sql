with

rates as (
    select * from {{ ref('int_exchange_rates_rupiah') }}
),

-- The ministry's rate is what a declaration's NDPBM is made from; a real declaration is not judged by a made-up rate.
-- It stands for a week and so lags behind a daily rate, which is why that one is held against it more loosely.
of_the_day as (
    select
        *,
        case rate_source when 'kurs_pajak' then 500 else 1000 end as basis_points
    from rates
    where not is_synthetic
    qualify row_number() over (
        partition by currency, day
        order by case rate_source when 'kurs_pajak' then 1 when 'ecb' then 2 else 3 end
    ) = 1
),

-- Both bounds are of four decimals like the NDPBM, so that comparing with them is exact.
final as (
    select
        currency,
        day,
        rate_source,
        rate_date,
        {{ four_decimals(divide_exactly('idr_numerator * 10000', 'idr_denominator')) }} as reference_ndpbm,
        {{ four_decimals(rounded_up('idr_numerator * (10000 - basis_points)', 'idr_denominator')) }} as lowest_ndpbm,
        {{ four_decimals(rounded_down('idr_numerator * (10000 + basis_points)', 'idr_denominator')) }} as highest_ndpbm
    from of_the_day
)

select * from final
