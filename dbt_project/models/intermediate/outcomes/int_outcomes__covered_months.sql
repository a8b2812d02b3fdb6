with

province_months as (
    select * from {{ ref('int_exports__province_months') }}
),

sources as (
    select
        is_synthetic,
        province_code,
        basis,
        max(month_index) as last_index
    from province_months
    group by is_synthetic, province_code, basis
),

-- A maker seen in neither source is told from one not looked for only while every source goes on.
last_final as (
    select
        is_synthetic,
        province_code,
        min(last_index) - {{ months_not_final() }} as last_final_index
    from sources
    group by is_synthetic, province_code
),

final as (
    select distinct
        province_months.is_synthetic,
        province_months.province_code,
        province_months.month_index,
        last_final.last_final_index
    from province_months
    inner join last_final
        on
            province_months.is_synthetic = last_final.is_synthetic
            and province_months.province_code = last_final.province_code
)

select * from final
