with

lists as (
    select * from {{ ref('int_growth__explained_lists') }}
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
    where is_in_scope
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
    select * from {{ ref('int_exports__province_months') }}
),

{{ growth_contributions() }},

final as (
    select
        ---------- which list and city
        rule_name,
        rule_version,
        basis,
        is_synthetic,
        province_code,
        year,
        through_month,
        region_code,

        ---------- what of it
        decomposition,
        member_key,
        size_rank,
        entry_kind,

        ---------- amounts
        base_usd,
        current_usd,
        change_usd,
        points,
        midpoint_growth_pct,
        midpoint_weight_pct
    from contributions
)

select * from final
