with

lists as (
    select * from {{ ref('int_ranking__lists') }}
),

window_months as (
    select * from {{ ref('int_ranking__window_months') }}
),

offsets as (
    {{ integers(0, 11) }}
),

in_window as (
    select
        lists.rule_name,
        lists.rule_version,
        lists.basis,
        lists.is_synthetic,
        lists.province_code,
        lists.through_month,
        {{ month_at('(lists.last_index - offsets.number)') }} as current_month,
        substr(cast({{ month_at('(lists.last_index - offsets.number)') }} as varchar), 1, 7) as month_text
    from lists
    inner join offsets on lists.months_in_window > offsets.number
),

-- Every list once: the months of its current window that are compared, and those that left both windows.
final as (
    select
        in_window.rule_name,
        in_window.rule_version,
        in_window.basis,
        in_window.is_synthetic,
        in_window.province_code,
        in_window.through_month,
        count(window_months.current_month) as months_compared,
        count(*) - count(window_months.current_month) as months_not_compared,
        {{ joined_texts("case when window_months.current_month is not null then in_window.month_text end") }}
            as months_used,
        {{ joined_texts("case when window_months.current_month is null then in_window.month_text end") }}
            as months_left_out
    from in_window
    left join window_months
        on
            in_window.rule_name = window_months.rule_name
            and in_window.rule_version = window_months.rule_version
            and in_window.basis = window_months.basis
            and in_window.is_synthetic = window_months.is_synthetic
            and in_window.province_code = window_months.province_code
            and in_window.through_month = window_months.through_month
            and in_window.current_month = window_months.current_month
    group by
        in_window.rule_name, in_window.rule_version, in_window.basis, in_window.is_synthetic,
        in_window.province_code, in_window.through_month
)

select * from final
