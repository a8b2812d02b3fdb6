with

listed_parties as (
    select * from {{ ref('int_ikm__listed_parties') }}
),

named_parties as (
    select * from {{ ref('int_ikm__named_parties') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

really_named as (
    select distinct businesses.ikm_id
    from named_parties
    inner join businesses on named_parties.party_key = businesses.party_key
    where not named_parties.is_synthetic
),

-- Made-up rows say nothing of a business that real ones name; of two lines of one edition the first is taken.
final as (
    select
        businesses.ikm_id,
        listed_parties.*
    from listed_parties
    inner join businesses on listed_parties.party_key = businesses.party_key
    left join really_named on businesses.ikm_id = really_named.ikm_id
    where not listed_parties.is_synthetic or really_named.ikm_id is null
    qualify
        row_number() over (
            partition by
                businesses.ikm_id, listed_parties.is_synthetic, listed_parties.agency_code, listed_parties.as_of
            order by listed_parties.roster_number, listed_parties.business_name, listed_parties.party_key
        ) = 1
        and listed_parties.is_synthetic = bool_and(listed_parties.is_synthetic) over (partition by businesses.ikm_id)
)

select * from final
