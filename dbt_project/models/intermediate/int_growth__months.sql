with

complete_months as (
    select * from {{ ref('int_ranking__complete_months') }}
    where is_complete
),

-- A month without rows is there too where all who are expected said that they had none.
province_months as (
    select basis, is_synthetic, province_code, export_month, month_index
    from {{ ref('int_exports__province_months') }}
    union
    select basis, is_synthetic, province_code, export_month, month_index
    from complete_months
),

both_years as (
    select * from {{ ref('int_ranking__months') }}
),

compared as (
    select basis, is_synthetic, province_code, year * 12 + month_number - 1 as month_index
    from both_years
    union
    select basis, is_synthetic, '00' as province_code, year * 12 + month_number - 1 as month_index
    from both_years
),

final as (
    select
        province_months.basis,
        province_months.is_synthetic,
        province_months.province_code,
        province_months.export_month,
        province_months.month_index,
        compared.month_index is not null as is_compared,
        coalesce(complete_months.is_complete, false) as is_complete
    from province_months
    left join complete_months
        on
            province_months.basis = complete_months.basis
            and province_months.is_synthetic = complete_months.is_synthetic
            and province_months.province_code = complete_months.province_code
            and province_months.month_index = complete_months.month_index
    left join compared
        on
            province_months.basis = compared.basis
            and province_months.is_synthetic = compared.is_synthetic
            and province_months.province_code = compared.province_code
            and province_months.month_index = compared.month_index
)

select * from final
