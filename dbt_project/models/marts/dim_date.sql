with

offsets as (
    {{ integers(0, 9495) }}
),

days as (
    select {{ plus_days("cast('2010-01-01' as date)", 'offsets.number') }} as date_day
    from offsets
),

named as (
    select registered_on as date_day from {{ ref('fct_export_item') }}
    union
    select issued_on as date_day from {{ ref('fct_certificate_item') }}
    union
    select starts_on as date_day from {{ ref('fct_exhibition_participation') }}
    union
    select ends_on as date_day from {{ ref('fct_exhibition_participation') }}
    union
    select recorded_on as date_day from {{ ref('fct_exhibition_participation') }}
    union
    select recorded_on as date_day from {{ ref('fct_buyer_lead') }}
    union
    select stated_on as date_day from {{ ref('fct_programme_target') }}
    union
    select visited_on as date_day from {{ ref('fct_readiness_assessment') }}
    union
    select stated_on as date_day from {{ ref('fct_reported_figure') }}
    union
    select recorded_on as date_day from {{ ref('fct_programme_enrolment') }}
    union
    select listed_on as date_day from {{ ref('fct_programme_enrolment') }}
    union
    select enrolled_on as date_day from {{ ref('fct_programme_enrolment') }}
    union
    select trained_on as date_day from {{ ref('fct_programme_enrolment') }}
),

-- A day before or after the calendar that a fact names is inferred, not dropped.
inferred as (
    select date_day
    from named
    where
        (date_day < cast('2010-01-01' as date) or date_day > cast('2035-12-31' as date))
        and date_day <> {{ unknown_date() }}
),

all_days as (
    select date_day, false as is_inferred from days
    union all
    select date_day, true as is_inferred from inferred
),

known as (
    select
        date_day,
        cast(year(date_day) as integer) as year,
        cast(quarter(date_day) as integer) as quarter,
        cast(month(date_day) as integer) as month_number,
        {{ month_of('date_day') }} as month_start,
        case month(date_day)
            when 1 then 'Januari' when 2 then 'Februari' when 3 then 'Maret' when 4 then 'April'
            when 5 then 'Mei' when 6 then 'Juni' when 7 then 'Juli' when 8 then 'Agustus'
            when 9 then 'September' when 10 then 'Oktober' when 11 then 'November' else 'Desember'
        end as month_name_id,
        is_inferred,
        false as is_unknown
    from all_days
),

unknown as (
    select
        {{ unknown_date() }} as date_day,
        1900 as year,
        1 as quarter,
        1 as month_number,
        {{ unknown_date() }} as month_start,
        'Tidak diketahui' as month_name_id,
        false as is_inferred,
        true as is_unknown
),

final as (
    select * from known
    union all
    select * from unknown
)

select * from final
