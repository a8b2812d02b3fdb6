with

-- Numbers of sixteen digits and more are no rates, and their products would not fit 128 bits.
rates as (
    select * from {{ ref('int_exchange_rates_daily') }}
    where usd_numerator < 1000000000000000 and usd_denominator < 1000000000000000
),

-- Rupiah for one unit are the dollars for one unit of the currency over the dollars for one rupiah.
final as (
    select
        rates.rate_source,
        rates.currency,
        rates.day,
        least(rates.rate_date, rupiah.rate_date) as rate_date,
        rates.usd_numerator * rupiah.usd_denominator as idr_numerator,
        rates.usd_denominator * rupiah.usd_numerator as idr_denominator,
        rates.is_synthetic or rupiah.is_synthetic as is_synthetic
    from rates
    inner join rates as rupiah
        on rates.rate_source = rupiah.rate_source and rates.day = rupiah.day and rupiah.currency = 'IDR'
)

select * from final
