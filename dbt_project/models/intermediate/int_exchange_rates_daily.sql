with

ecb as (
    select * from {{ ref('stg_reference__ecb_rates') }}
),

weeks_as_sent as (
    select * from {{ ref('stg_kmk__exchange_rates') }}
),

weeks as (
    {{ counted_rows('exchange_rate', 'weeks_as_sent') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

offsets as (
    {{ integers(0, 62) }}
),

-- European Central Bank: both rates of a day are per euro, so dollars = amount * (USD per EUR) / (units per EUR).
ecb_rates as (
    select
        ecb.currency,
        ecb.rate_date,
        {{ as_integer('dollars.units_per_eur * 1000000') }} as usd_numerator,
        {{ as_integer('ecb.units_per_eur * 1000000') }} as usd_denominator,
        lead(ecb.rate_date) over (partition by ecb.currency order by ecb.rate_date) as next_rate_date
    from ecb
    inner join ecb as dollars on ecb.rate_date = dollars.rate_date and dollars.currency = 'USD'
),

-- No rate is published on weekends and holidays: the last one holds, for seven days at most.
ecb_days as (
    select
        'ecb' as rate_source,
        ecb_rates.currency,
        {{ plus_days('ecb_rates.rate_date', 'offsets.number') }} as day,
        ecb_rates.rate_date,
        ecb_rates.usd_numerator,
        ecb_rates.usd_denominator,
        false as is_synthetic
    from ecb_rates
    inner join offsets
        on
            offsets.number <= 7
            and offsets.number < coalesce({{ days_between('ecb_rates.rate_date', 'ecb_rates.next_rate_date') }}, 8)
),

kmk_days as (
    select
        weeks.*,
        {{ plus_days('weeks.valid_from', 'offsets.number') }} as day,
        loads.sha256
    from weeks
    inner join loads on weeks.load_id = loads.load_id
    inner join offsets on {{ days_between('weeks.valid_from', 'weeks.valid_to') }} >= offsets.number
    where weeks.rate_idr > 0 and weeks.unit > 0
),

-- Where two weeks cover a day the later decree holds; a real rate goes before a made-up one.
kmk_rates as (
    select *
    from kmk_days
    qualify row_number() over (
        partition by currency, day
        order by
            is_synthetic, valid_from desc, valid_to desc, kmk_number desc, sha256, load_id, sheet, row_number, piece
    ) = 1
),

with_rupiah as (
    select currency, day, valid_from, rate_idr, unit, is_synthetic
    from kmk_rates
    union all
    select 'IDR' as currency, day, valid_from, cast(1 as decimal(24, 4)) as rate_idr, 1 as unit, is_synthetic
    from kmk_rates
    where currency = 'USD'
),

-- The ministry's rates are rupiah for `unit` of a currency: dollars = amount * (rate / unit) / (USD rate / USD unit).
kmk_final as (
    select
        'kurs_pajak' as rate_source,
        with_rupiah.currency,
        with_rupiah.day,
        with_rupiah.valid_from as rate_date,
        {{ as_integer('with_rupiah.rate_idr * 10000') }} * dollars.unit as usd_numerator,
        {{ as_integer('dollars.rate_idr * 10000') }} * with_rupiah.unit as usd_denominator,
        with_rupiah.is_synthetic or dollars.is_synthetic as is_synthetic
    from with_rupiah
    inner join kmk_rates as dollars on with_rupiah.day = dollars.day and dollars.currency = 'USD'
),

final as (
    select * from ecb_days
    union all
    select * from kmk_final
)

select * from final
