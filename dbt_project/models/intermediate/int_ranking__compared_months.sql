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
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        {{ month_at('(lists.last_index - offsets.number)') }} as current_month,
        substr(cast({{ month_at('(lists.last_index - offsets.number)') }} as varchar), 1, 7) as month_text
    from lists
    inner join offsets on lists.months_in_window > offsets.number
),

-- Every list once: the months of its current window that are compared, and those that left both windows.
final as (
    select
        {% for column in list_columns().split(', ') -%}
            in_window.{{ column }},
        {% endfor -%}
        count(window_months.current_month) as months_compared,
        count(*) - count(window_months.current_month) as months_not_compared,
        {{ joined_texts("case when window_months.current_month is not null then in_window.month_text end") }}
            as months_used,
        {{ joined_texts("case when window_months.current_month is null then in_window.month_text end") }}
            as months_left_out
    from in_window
    left join window_months
        on
            {{ same_list('in_window', 'window_months') }}
            and in_window.current_month = window_months.current_month
    group by
        in_window.rule_name, in_window.rule_version, in_window.basis, in_window.is_synthetic,
        in_window.province_code, in_window.year, in_window.through_month
)

select * from final
