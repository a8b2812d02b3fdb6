with

province_months as (
    select * from {{ ref('int_exports__province_months') }}
    where province_code <> '00'
),

sent_months as (
    select * from {{ ref('int_exports__sent_months') }}
),

nil_returns as (
    select * from {{ ref('stg_control__nil_returns') }}
),

expected as (
    select * from {{ ref('int_ranking__expected_agencies') }}
),

-- A month is delivered to its end when its agency sent something of the last seven days or later; or a nil return.
delivered as (
    select
        expected.basis,
        expected.is_synthetic,
        expected.province_code,
        sent_months.export_month,
        expected.agency_code
    from expected
    inner join sent_months
        on
            expected.basis = sent_months.basis
            and expected.is_synthetic = sent_months.is_synthetic
            and expected.agency_code = sent_months.agency_code
            and sent_months.province_code in (expected.province_code, '00')
            and {{ is_expected('expected', 'sent_months.export_month') }}
            and {{ plus_days('expected.last_day', 7) }} >= {{ plus_months('sent_months.export_month', 1) }}
    union
    select
        expected.basis,
        expected.is_synthetic,
        expected.province_code,
        nil_returns.export_month,
        expected.agency_code
    from nil_returns
    inner join expected
        on
            nil_returns.basis = expected.basis
            and nil_returns.agency_code = expected.agency_code
            and {{ is_expected('expected', 'nil_returns.export_month') }}
),

months as (
    select basis, is_synthetic, province_code, export_month from province_months
    union
    select basis, is_synthetic, province_code, export_month from delivered
),

-- Where nobody says who is expected, any row of the province that counts is enough.
judged as (
    select
        months.basis,
        months.is_synthetic,
        months.province_code,
        months.export_month,
        count(expected.agency_code) = count(delivered.agency_code) as is_complete
    from months
    left join expected
        on
            months.basis = expected.basis
            and months.is_synthetic = expected.is_synthetic
            and months.province_code = expected.province_code
            and {{ is_expected('expected', 'months.export_month') }}
    left join delivered
        on
            months.basis = delivered.basis
            and months.is_synthetic = delivered.is_synthetic
            and months.province_code = delivered.province_code
            and months.export_month = delivered.export_month
            and expected.agency_code = delivered.agency_code
    group by months.basis, months.is_synthetic, months.province_code, months.export_month
),

final as (
    select
        judged.basis,
        judged.is_synthetic,
        judged.province_code,
        judged.export_month,
        {{ month_index('judged.export_month') }} as month_index,
        judged.is_complete,
        province_months.export_month is not null as has_rows
    from judged
    left join province_months
        on
            judged.basis = province_months.basis
            and judged.is_synthetic = province_months.is_synthetic
            and judged.province_code = province_months.province_code
            and judged.export_month = province_months.export_month
)

select * from final
