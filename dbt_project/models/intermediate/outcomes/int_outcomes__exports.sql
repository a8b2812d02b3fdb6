with

seen as (
    select * from {{ ref('int_exports__seen_parties') }}
    where is_in_scope and party_key <> 'unknown'
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

by_business as (
    select
        businesses.ikm_id as business_id,
        seen.is_synthetic,
        seen.basis,
        {{ month_index('seen.export_month') }} as month_index,
        seen.first_exported_on,
        seen.first_document_key,
        case when seen.basis = 'peb' and seen.role = 'maker' then seen.fob_usd else 0 end as peb_usd
    from seen
    inner join businesses on seen.party_key = businesses.party_key
),

earliest as (
    select
        *,
        first_value(first_document_key) over (
            partition by business_id, is_synthetic, basis, month_index
            order by first_exported_on, first_document_key
        ) as document_key
    from by_business
),

-- PEB and SKA are never added: dollars are those of PEB, that a business is seen may be by either.
final as (
    select
        business_id,
        is_synthetic,
        basis,
        month_index,
        document_key as first_document_key,
        min(first_exported_on) as first_exported_on,
        sum(peb_usd) as peb_usd
    from earliest
    group by business_id, is_synthetic, basis, month_index, document_key
)

select * from final
