with

lists as (
    select * from {{ ref('int_ranking__lists') }}
),

months as (
    select * from {{ ref('int_ranking__months') }}
),

-- A row for each pair of months that a list compares; a list that compares none has no row.
final as (
    select
        lists.rule_name,
        lists.rule_version,
        lists.basis,
        lists.is_synthetic,
        lists.province_code,
        lists.year,
        lists.through_month,
        {{ month_at('months.month_index') }} as current_month,
        {{ month_at('(months.month_index - 12)') }} as base_month,
        lists.place,
        lists.window_kind
    from lists
    inner join months
        on
            lists.basis = months.basis
            and lists.is_synthetic = months.is_synthetic
            and lists.province_code = months.province_code
            and months.month_index between lists.first_index and lists.last_index
)

select * from final
