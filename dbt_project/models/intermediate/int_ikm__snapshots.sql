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
        ---------- ids
        businesses.ikm_id,
        listed_parties.is_synthetic,
        listed_parties.agency_code,
        listed_parties.agency_closeness,

        ---------- when
        listed_parties.as_of,
        listed_parties.next_as_of,

        ---------- what the edition says
        listed_parties.roster_number,
        listed_parties.business_name,
        listed_parties.legal_form,
        listed_parties.district,
        listed_parties.region_code,
        listed_parties.stated_region_code,
        listed_parties.sector,
        listed_parties.product_description,
        listed_parties.products,
        listed_parties.kbli_code,
        listed_parties.registered_month,
        listed_parties.workers_male,
        listed_parties.workers_female,
        listed_parties.investment_idr,
        listed_parties.revenue_idr,
        listed_parties.capacity_per_month,
        listed_parties.capacity_unit,

        ---------- trace
        listed_parties.load_id,
        listed_parties.sheet,
        listed_parties.row_number,
        listed_parties.piece
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
