{#- Each currency's mean rate of a month, in dollars times 10^12, by rate source: what a later month is worth at the
   rates of the base. -#}
with

rates as (
    select * from {{ ref('int_exchange_rates_daily') }}
    where usd_numerator < 1000000000000000 and usd_denominator < 1000000000000000
),

-- A real amount takes no made-up rate.
for_each_kind as (
    select *, true as of_synthetic from rates
    union all
    select *, false as of_synthetic from rates
    where not is_synthetic
),

of_days as (
    select
        rate_source,
        currency,
        of_synthetic,
        {{ month_of('day') }} as rate_month,
        {{ divide_exactly(
            'usd_numerator * ' ~ as_integer("'1000000000000'"), 'usd_denominator') }} as usd_trillionths
    from for_each_kind
    where currency <> 'USD'
),

final as (
    select
        rate_source,
        currency,
        of_synthetic as is_synthetic,
        rate_month,
        {{ divide_exactly(as_integer('sum(usd_trillionths)'), 'count(*)') }} as usd_trillionths
    from of_days
    group by rate_source, currency, of_synthetic, rate_month
)

select * from final
