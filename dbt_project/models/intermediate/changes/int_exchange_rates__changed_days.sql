with

rates as (
    select rate_source, currency, day, rate_date, usd_numerator, usd_denominator, is_synthetic
    from {{ ref('int_exchange_rates_daily') }}
),

applied as (
    select rate_source, currency, day, rate_date, usd_numerator, usd_denominator, is_synthetic
    from {{ source('control', 'applied_rates') }}
),

different as (
    (
        select * from rates
        except
        select * from applied
    )
    union all
    (
        select * from applied
        except
        select * from rates
    )
),

final as (
    select distinct currency, day from different
)

select * from final
