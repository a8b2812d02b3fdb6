with

seen_parties as (
    select * from {{ ref('int_exports__seen_parties') }}
),

registered as (
    select * from {{ ref('int_register__exporter_regions') }}
),

listed_parties as (
    select * from {{ ref('int_ikm__listed_parties') }}
),

named_parties as (
    select * from {{ ref('int_ikm__named_parties') }}
),

mentions as (
    select party_key, is_synthetic from seen_parties
    union all
    select exporter_party_key as party_key, is_synthetic from registered
    union all
    select party_key, is_synthetic from listed_parties
    union all
    select party_key, is_synthetic from named_parties
),

-- Made-up rows say nothing of a party that real ones name.
final as (
    select
        party_key,
        bool_and(is_synthetic) as is_synthetic
    from mentions
    where party_key <> 'unknown'
    group by party_key
)

select * from final
