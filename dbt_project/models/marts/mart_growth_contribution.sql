{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    on_schema_change='fail',
    meta={
        'changed_in': 'int_growth__changed_lists',
        'changed_keys': {
            'rule_name': 'rule_name', 'rule_version': 'rule_version', 'basis': 'basis', 'is_synthetic': 'is_synthetic',
            'province_code': 'province_code', 'year': 'year', 'through_month': 'through_month',
        },
    },
) }}
-- depends_on: {{ ref('int_growth__changed_lists') }}
with

lists as (
    {{ of_changed_lists(ref('int_growth__explained_lists')) }}
),

list_months as (
    select * from {{ ref('int_ranking__window_months') }}
),

-- What names only its province is in no city, and in the province.
places as (
    select
        region_code,
        province_code
    from {{ ref('stg_reference__regions') }}
    where region_level <= 2
),

-- By exporter, product and market exports are hardly fewer than items: a sum of them would be a second fact.
cells as (
    select * from {{ ref('int_exports') }}
    where is_in_scope and {{ within_changed_lists('export_date') }}
),

makers as (
    select * from {{ ref('int_exports__maker_months') }}
    where is_in_scope
),

parties as (
    select * from {{ ref('bridge_party_business') }}
),

exporting as (
    select * from {{ ref('int_exports__business_months') }}
),

province_months as (
    select * from {{ ref('int_ranking__complete_months') }}
    where is_complete
),

largest_exporters as (
    select * from {{ ref('int_ranking__largest_exporters') }}
),

{{ growth_contributions() }},

largest_of_lists as (
    select
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        largest_exporters.region_code,
        largest_exporters.ikm_id
    from lists
    inner join largest_exporters on {{ same_window('lists', 'largest_exporters') }}
),

final as (
    select
        ---------- which list and city
        contributions.rule_name,
        contributions.rule_version,
        contributions.basis,
        contributions.is_synthetic,
        contributions.province_code,
        contributions.year,
        contributions.through_month,
        contributions.region_code,

        ---------- what of it
        contributions.decomposition,
        contributions.member_key,
        contributions.size_rank,
        contributions.entry_kind,
        largest_of_lists.ikm_id is not null as is_largest_exporter,

        ---------- amounts
        contributions.base_usd,
        contributions.current_usd,
        contributions.change_usd,
        contributions.points,
        contributions.midpoint_growth_pct,
        contributions.midpoint_weight_pct
    from contributions
    left join largest_of_lists
        on
            contributions.decomposition = 'exporter'
            and {{ same_list('contributions', 'largest_of_lists') }}
            and contributions.region_code = largest_of_lists.region_code
            and contributions.member_key = largest_of_lists.ikm_id
)

select * from final
