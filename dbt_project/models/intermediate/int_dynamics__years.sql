with

province_months as (
    select * from {{ ref('int_exports__province_months') }}
    where province_code <> '00'
),

counted as (
    select
        basis,
        is_synthetic,
        province_code,
        year(export_month) as year,
        count(*) as months_covered
    from province_months
    group by basis, is_synthetic, province_code, year(export_month)
),

-- A rate compares two years, so both must be whole: an exporter of a month that never came would seem gone.
final as (
    select
        this_year.basis,
        this_year.is_synthetic,
        this_year.province_code,
        this_year.year,
        this_year.months_covered,
        this_year.months_covered = 12 as is_whole,
        coalesce(this_year.months_covered = 12 and year_before.months_covered = 12, false) as is_whole_with_last,
        coalesce(this_year.months_covered = 12 and year_after.months_covered = 12, false) as is_whole_with_next
    from counted as this_year
    left join counted as year_before
        on
            this_year.basis = year_before.basis
            and this_year.is_synthetic = year_before.is_synthetic
            and this_year.province_code = year_before.province_code
            and this_year.year = year_before.year + 1
    left join counted as year_after
        on
            this_year.basis = year_after.basis
            and this_year.is_synthetic = year_after.is_synthetic
            and this_year.province_code = year_after.province_code
            and this_year.year = year_after.year - 1
)

select * from final
