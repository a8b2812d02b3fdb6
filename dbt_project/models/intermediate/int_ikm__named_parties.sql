with

participations as (
    select * from {{ ref('stg_exhibition__participations') }}
),

leads as (
    select * from {{ ref('stg_buyers__leads') }}
),

visits as (
    select * from {{ ref('stg_readiness__visits') }}
),

members as (
    select * from {{ ref('stg_enrolment__members') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

counted_participations as (
    {{ counted_rows('exhibition_participation', 'participations') }}
),

counted_leads as (
    {{ counted_rows('buyer_lead', 'leads') }}
),

counted_visits as (
    {{ counted_rows('readiness_assessment', 'visits') }}
),

counted_members as (
    {{ counted_rows('programme_enrolment', 'members') }}
),

names as (
    select party_key, is_synthetic, business_name, region_code, recorded_on as named_on from counted_participations
    union all
    select party_key, is_synthetic, business_name, region_code, recorded_on as named_on from counted_leads
    union all
    select party_key, is_synthetic, business_name, region_code, visited_on as named_on from counted_visits
    union all
    select party_key, is_synthetic, business_name, region_code, recorded_on as named_on from counted_members
),

-- As last named; made-up rows say nothing of a party that real ones name.
final as (
    select
        names.party_key,
        names.is_synthetic,
        names.named_on,
        names.business_name,
        coalesce(region_codes.region_code, '00.00') as region_code,
        names.region_code as stated_region_code
    from names
    left join region_codes on names.region_code = region_codes.stated_region_code
    where names.party_key is not null
    qualify row_number() over (
        partition by names.party_key
        order by
            names.is_synthetic asc, names.named_on desc nulls last, names.business_name asc, names.region_code asc
    ) = 1
)

select * from final
