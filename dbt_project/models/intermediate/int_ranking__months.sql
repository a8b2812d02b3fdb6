with

complete_months as (
    select * from {{ ref('int_ranking__complete_months') }}
    where is_complete
),

-- A month is compared only where all that was expected came in both years.
final as (
    select
        this_year.basis,
        this_year.is_synthetic,
        this_year.province_code,
        year(this_year.export_month) as year,
        month(this_year.export_month) as month_number,
        this_year.month_index
    from complete_months as this_year
    inner join complete_months as year_before
        on
            this_year.basis = year_before.basis
            and this_year.is_synthetic = year_before.is_synthetic
            and this_year.province_code = year_before.province_code
            and this_year.month_index = year_before.month_index + 12
)

select * from final
