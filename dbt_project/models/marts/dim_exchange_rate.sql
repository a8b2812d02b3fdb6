with

rates as (
    select * from {{ ref('int_exchange_rates_daily') }}
),

-- Parquet keeps no integers of 128 bits. What is longer than 38 digits is no rate.
final as (
    select
        rate_source,
        currency,
        day,
        rate_date,
        {{ try_decimal('usd_numerator', 38, 0) }} as usd_numerator,
        {{ try_decimal('usd_denominator', 38, 0) }} as usd_denominator,
        is_synthetic
    from rates
)

select * from final
