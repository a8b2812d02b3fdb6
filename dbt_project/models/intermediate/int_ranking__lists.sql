with

months as (
    select * from {{ ref('int_ranking__complete_months') }}
    where has_rows or is_complete
),

rules as (
    select * from {{ ref('stg_reference__ranking_rules') }}
),

{{ facts_rules() }},

-- What the source has, no clock, says how far it goes: to the last whole month that has rows.
cut_offs as (
    select basis, is_synthetic, province_code, max(export_month) as cut_off_month
    from months
    where is_complete and has_rows
    group by basis, is_synthetic, province_code
),

last_months as (
    select
        *,
        month_index = max(month_index) over (
            partition by basis, is_synthetic, province_code, year(export_month)
        ) as is_last_of_year
    from months
),

-- The headline has a list for each month there is, other rules for the last of a year: those it is held against.
dated as (
    select
        rules.*,
        rules.rate_source = facts_rules.rate_source as is_of_facts_rates,
        last_months.is_synthetic,
        last_months.province_code,
        year(last_months.export_month) as year,
        last_months.export_month as through_month,
        last_months.month_index as last_index,
        case when rules.window_kind = 'year_to_date' then month(last_months.export_month) else 12 end
            as months_in_window,
        cut_offs.cut_off_month
    from last_months
    inner join rules
        on
            last_months.basis = rules.basis
            -- A version dated after a window closes does not touch it.
            and rules.valid_from < {{ plus_months('last_months.export_month', 1) }}
            and (rules.is_headline or last_months.is_last_of_year)
            and (rules.window_kind <> 'calendar_year' or month(last_months.export_month) = 12)
    inner join facts_rules on rules.basis = facts_rules.basis
    left join cut_offs
        on
            last_months.basis = cut_offs.basis
            and last_months.is_synthetic = cut_offs.is_synthetic
            and last_months.province_code = cut_offs.province_code
),

versions as (
    select
        *,
        row_number() over newest_first as place_in_time,
        max(valid_from) over (
            partition by rule_name, basis, is_synthetic, province_code, through_month
        ) as newest_from
    from dated
    window newest_first as (
        partition by rule_name, basis, is_synthetic, province_code, through_month
        order by valid_from desc, rule_version desc
    )
),

-- The newest version is in force; the one before it runs beside it for twelve months.
final as (
    select
        rule_name,
        rule_version,
        basis,
        place,
        window_kind,
        measure,
        is_of_facts_rates,
        floor_usd,
        minimum_exporters,
        max_coverage_gap_points,
        lag_months,
        is_headline,
        is_synthetic,
        province_code,
        year,
        through_month,
        last_index,
        months_in_window,
        cut_off_month,
        place_in_time = 1 as is_in_force,
        last_index - months_in_window + 1 as first_index
    from versions
    where
        place_in_time = 1
        or (
            place_in_time = 2
            and {{ plus_months('through_month', 1) }} <= {{ plus_months('newest_from', 12) }}
        )
)

select * from final
