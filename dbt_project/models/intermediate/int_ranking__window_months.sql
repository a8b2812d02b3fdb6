with

months as (
    select * from {{ ref('int_ranking__months') }}
),

rules as (
    select * from {{ ref('stg_reference__ranking_rules') }}
    qualify rule_version = max(rule_version) over (partition by rule_name, basis)
),

-- A list goes to its last month; a row for each pair of months that it compares.
final as (
    select
        rules.rule_name,
        rules.rule_version,
        months.basis,
        months.is_synthetic,
        months.province_code,
        months.year,
        {{ first_of_month('months.year', 'months.month_number') }} as through_month,
        {{ first_of_month('earlier.year', 'earlier.month_number') }} as current_month,
        {{ first_of_month('earlier.year - 1', 'earlier.month_number') }} as base_month
    from months
    inner join rules on months.basis = rules.basis
    inner join months as earlier
        on
            months.basis = earlier.basis
            and months.is_synthetic = earlier.is_synthetic
            and months.province_code = earlier.province_code
            and months.year = earlier.year
            and months.month_number >= earlier.month_number
)

select * from final
