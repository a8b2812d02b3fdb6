with

agency_months as (
    select * from {{ ref('int_exports__agency_months') }}
),

nil_returns as (
    select * from {{ ref('stg_control__nil_returns') }}
),

expectations as (
    select * from {{ ref('stg_reference__delivery_expectations') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

-- A nil return is a delivery as good as rows, where somebody waits for that agency.
delivered as (
    select
        agency_months.basis,
        agency_months.is_synthetic,
        regions.province_code,
        agency_months.export_month,
        agency_months.agency_code
    from agency_months
    inner join regions on agency_months.region_code = regions.region_code
    union
    select
        expectations.basis,
        expectations.is_synthetic,
        expectations.province_code,
        nil_returns.export_month,
        nil_returns.agency_code
    from nil_returns
    inner join expectations
        on
            nil_returns.basis = expectations.basis
            and nil_returns.agency_code = expectations.agency_code
            and {{ is_expected('expectations', 'nil_returns.export_month') }}
),

months as (
    select distinct
        basis,
        is_synthetic,
        province_code,
        export_month
    from delivered
),

-- Where nobody says who is expected, any row of the province is enough.
final as (
    select
        months.basis,
        months.is_synthetic,
        months.province_code,
        months.export_month,
        {{ month_index('months.export_month') }} as month_index,
        count(expectations.agency_code) = count(delivered.agency_code) as is_complete
    from months
    left join expectations
        on
            months.basis = expectations.basis
            and months.is_synthetic = expectations.is_synthetic
            and months.province_code = expectations.province_code
            and {{ is_expected('expectations', 'months.export_month') }}
    left join delivered
        on
            months.basis = delivered.basis
            and months.is_synthetic = delivered.is_synthetic
            and months.province_code = delivered.province_code
            and months.export_month = delivered.export_month
            and expectations.agency_code = delivered.agency_code
    group by months.basis, months.is_synthetic, months.province_code, months.export_month
)

select * from final
