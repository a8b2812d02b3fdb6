with

parties as (
    select * from {{ ref('int_parties__seen') }}
),

resolved as (
    select * from {{ ref('stg_control__parties') }}
),

-- A party that resolution does not know stands for itself.
businesses as (
    select
        parties.party_key,
        coalesce(resolved.ikm_id, {{ lone_ikm_id('parties.party_key') }}) as ikm_id,
        coalesce(resolved.resolved_by, 'alone') as resolved_by,
        coalesce(resolved.is_identified, false) as is_identified,
        coalesce(resolved.has_open_review, false) as has_open_review,
        parties.is_synthetic
    from parties
    left join resolved on parties.party_key = resolved.party_key
),

final as (
    select
        party_key,
        ikm_id,
        resolved_by,
        bool_or(is_identified) over (partition by ikm_id) as is_identified,
        bool_or(has_open_review) over (partition by ikm_id) as has_open_review,
        cast(count(*) over (partition by ikm_id) as integer) as parties,
        is_synthetic
    from businesses
    union all
    select
        'unknown' as party_key,
        'unknown' as ikm_id,
        'alone' as resolved_by,
        false as is_identified,
        false as has_open_review,
        1 as parties,
        false as is_synthetic
)

select * from final
