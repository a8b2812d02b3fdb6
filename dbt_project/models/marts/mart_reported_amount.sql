with

figures as (
    select * from {{ ref('fct_reported_figure') }}
),

currencies as (
    select * from {{ ref('stg_reference__currencies') }}
),

dollar_rates as (
    select * from {{ ref('int_exchange_rates_daily') }}
),

rupiah_rates as (
    select * from {{ ref('int_exchange_rates_rupiah') }}
),

-- An example and a hope are no amounts.
stated as (
    select figures.*
    from figures
    inner join currencies on figures.unit = currencies.currency
    where figures.value is not null and figures.value_precision not in ('hypothetical', 'expected')
),

-- The day that a report is about, where it states one.
event_days as (
    select
        report_code,
        is_synthetic,
        min(try_cast(value_text as date)) as event_on
    from figures
    where measure = 'event_date'
    group by report_code, is_synthetic
    having count(*) = 1
),

-- What a report says in rupiah of an amount that it also gives in another currency.
said_in_rupiah as (
    select
        report_code,
        is_synthetic,
        region_code,
        measure,
        min(value) as stated_idr,
        min(value_precision) as stated_idr_precision
    from stated
    where unit = 'IDR'
    group by report_code, is_synthetic, region_code, measure
    having count(*) = 1
),

dated as (
    select
        stated.*,
        coalesce(event_days.event_on, stated.stated_on) as valued_on,
        said_in_rupiah.stated_idr,
        said_in_rupiah.stated_idr_precision
    from stated
    left join event_days
        on stated.report_code = event_days.report_code and stated.is_synthetic = event_days.is_synthetic
    left join said_in_rupiah
        on
            stated.report_code = said_in_rupiah.report_code
            and stated.is_synthetic = said_in_rupiah.is_synthetic
            and stated.region_code = said_in_rupiah.region_code
            and concat(stated.measure, '_stated_idr') = said_in_rupiah.measure
),

-- One row a rate source; an amount without any rate keeps its row. A real amount takes no made-up rate.
converted as (
    select
        dated.*,
        coalesce(dollar_rates.rate_source, 'none') as rate_source,
        coalesce(rupiah_rates.rate_date, dollar_rates.rate_date) as rate_date,
        case
            when dated.unit <> 'IDR'
                then {{ convert_money(
                    'dated.value * 100', 'rupiah_rates.idr_numerator', 'rupiah_rates.idr_denominator * 100') }}
        end as converted_idr,
        case
            when dated.unit <> 'USD'
                then {{ convert_money(
                    'dated.value * 100', 'dollar_rates.usd_numerator', 'dollar_rates.usd_denominator * 100') }}
        end as converted_usd
    from dated
    left join dollar_rates
        on
            dated.unit = dollar_rates.currency
            and dated.valued_on = dollar_rates.day
            and (dated.is_synthetic or not dollar_rates.is_synthetic)
    left join rupiah_rates
        on
            dollar_rates.rate_source = rupiah_rates.rate_source
            and dollar_rates.currency = rupiah_rates.currency
            and dollar_rates.day = rupiah_rates.day
            and (dated.is_synthetic or not rupiah_rates.is_synthetic)
),

final as (
    select
        ---------- ids
        figure_id,
        report_code,
        rate_source,

        ---------- where, what, when
        region_code,
        subject,
        measure,
        stated_on,
        valued_on,

        ---------- what was stated
        value as stated_amount,
        unit as stated_currency,
        value_precision,
        stated_idr,
        stated_idr_precision,
        as_stated,

        ---------- what is converted
        rate_date,
        converted_idr,
        converted_usd,
        case when converted_idr > 0 then {{ growth_percent('converted_idr', 'stated_idr') }} end as stated_idr_off_pct,
        is_synthetic,
        has_conflict,

        ---------- trace
        load_id,
        sheet,
        row_number,
        piece
    from converted
)

select * from final
