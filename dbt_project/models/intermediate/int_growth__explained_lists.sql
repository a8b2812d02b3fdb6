with

window_months as (
    select * from {{ ref('int_ranking__window_months') }}
),

rules as (
    select * from {{ ref('stg_reference__ranking_rules') }}
    where is_headline
),

lists as (
    select distinct
        rule_name,
        rule_version,
        basis,
        is_synthetic,
        province_code,
        year,
        through_month
    from window_months
),

-- In force is the newest version dated on or before the window's last day.
in_force as (
    select lists.*
    from lists
    inner join rules
        on
            lists.rule_name = rules.rule_name
            and lists.rule_version = rules.rule_version
            and lists.basis = rules.basis
            and {{ plus_months('lists.through_month', 1) }} > rules.valid_from
    qualify
        lists.rule_version = max(lists.rule_version) over (
            partition by
                lists.rule_name, lists.basis, lists.is_synthetic, lists.province_code, lists.year, lists.through_month
        )
),

final as (
    select * from in_force
    qualify
        through_month = max(through_month) over (
            partition by rule_name, basis, is_synthetic, province_code, year
        )
)

select * from final
