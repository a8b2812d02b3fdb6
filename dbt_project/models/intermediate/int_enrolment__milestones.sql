with

members as (
    select * from {{ ref('stg_enrolment__members') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
    where party_key <> 'unknown'
),

visits as (
    select * from {{ ref('fct_readiness_assessment') }}
),

participations as (
    select * from {{ ref('fct_exhibition_participation') }}
),

leads as (
    select * from {{ ref('fct_buyer_lead') }}
),

exports as (
    select * from {{ ref('int_exports__seen_parties') }}
    where is_in_scope
),

listings as (
    select distinct
        members.party_key,
        members.is_synthetic,
        members.listed_on,
        businesses.ikm_id
    from members
    inner join businesses on members.party_key = businesses.party_key
),

happened as (
    select party_key, is_synthetic, visited_on as happened_on, 'assessed' as milestone from visits
    union all
    select party_key, is_synthetic, visited_on as happened_on, 'ready' as milestone from visits
    where is_ready
    union all
    select party_key, is_synthetic, starts_on as happened_on, 'exhibited' as milestone from participations
    union all
    select party_key, is_synthetic, recorded_on as happened_on, 'lead' as milestone from leads
    union all
    select party_key, is_synthetic, recorded_on as happened_on, 'order' as milestone from leads
    where stage in ('order', 'sale')
    union all
    select party_key, is_synthetic, first_exported_on as happened_on, 'export' as milestone from exports
),

by_business as (
    select distinct
        businesses.ikm_id,
        happened.is_synthetic,
        happened.milestone,
        happened.happened_on
    from happened
    inner join businesses on happened.party_key = businesses.party_key
    where happened.happened_on <> {{ unknown_date() }}
),

final as (
    select
        listings.party_key,
        listings.is_synthetic,
        listings.listed_on,
        {% for milestone, column in [('assessed', 'assessed_on'), ('ready', 'ready_on'), ('exhibited', 'exhibited_on'),
            ('lead', 'first_lead_on'), ('order', 'first_order_on'), ('export', 'first_export_on')] -%}
            min(by_business.happened_on) filter (
                where by_business.milestone = '{{ milestone }}' and by_business.happened_on >= listings.listed_on
            ) as {{ column }},
        {% endfor -%}
        coalesce(
            bool_or(by_business.happened_on < listings.listed_on) filter (where by_business.milestone = 'export'), false
        ) as exported_before
    from listings
    left join by_business
        on listings.ikm_id = by_business.ikm_id and listings.is_synthetic = by_business.is_synthetic
    group by listings.party_key, listings.is_synthetic, listings.listed_on
)

select * from final
