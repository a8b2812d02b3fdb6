with

versions as (
    select * from {{ ref('int_ikm__versions') }}
),

named_parties as (
    select * from {{ ref('int_ikm__named_parties') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

-- A business that takes part, is visited or meets a buyer before any roster lists it is inferred, not dropped: as last
-- named, and made-up rows say nothing of one that real rows name.
inferred as (
    select
        businesses.ikm_id,
        named_parties.business_name,
        named_parties.region_code,
        named_parties.stated_region_code,
        named_parties.is_synthetic
    from named_parties
    inner join businesses on named_parties.party_key = businesses.party_key
    left join versions on businesses.ikm_id = versions.ikm_id
    where versions.ikm_id is null
    qualify row_number() over (
        partition by businesses.ikm_id
        order by
            named_parties.is_synthetic asc, named_parties.named_on desc nulls last, named_parties.business_name asc,
            named_parties.party_key asc
    ) = 1
),

unlisted as (
    select
        ikm_id,
        business_name,
        region_code,
        stated_region_code,
        is_synthetic,
        true as is_inferred
    from inferred
    union all
    select
        'unknown' as ikm_id,
        'Tidak diketahui' as business_name,
        '00.00' as region_code,
        cast(null as varchar) as stated_region_code,
        false as is_synthetic,
        false as is_inferred
),

final as (
    select
        ---------- ids
        ikm_version_key,
        ikm_id,
        agency_code,

        ---------- when
        valid_from,
        valid_to,
        valid_to = {{ no_end() }} as is_current,
        is_listed,
        offices,

        ---------- what it is
        business_name,
        legal_form,
        district,
        region_code,
        stated_region_code,
        sector,
        product_description,
        kbli_code,
        registered_month,

        ---------- figures as stated
        workers_male,
        workers_female,
        investment_idr,
        revenue_idr,
        capacity_per_month,
        capacity_unit,
        is_synthetic,
        false as is_inferred,

        ---------- trace
        load_id,
        sheet,
        row_number,
        piece
    from versions
    union all
    select
        {{ surrogate_key(['ikm_id', first_day()]) }} as ikm_version_key,
        ikm_id,
        'unknown' as agency_code,
        {{ first_day() }} as valid_from,
        {{ no_end() }} as valid_to,
        true as is_current,
        false as is_listed,
        0 as offices,
        business_name,
        cast(null as varchar) as legal_form,
        cast(null as varchar) as district,
        region_code,
        stated_region_code,
        cast(null as varchar) as sector,
        cast(null as varchar) as product_description,
        cast(null as varchar) as kbli_code,
        cast(null as varchar) as registered_month,
        cast(null as integer) as workers_male,
        cast(null as integer) as workers_female,
        cast(null as decimal(24, 2)) as investment_idr,
        cast(null as decimal(24, 2)) as revenue_idr,
        cast(null as decimal(24, 4)) as capacity_per_month,
        cast(null as varchar) as capacity_unit,
        is_synthetic,
        is_inferred,
        'unknown' as load_id,
        '' as sheet,
        cast(null as bigint) as row_number,
        cast(null as integer) as piece
    from unlisted
)

select * from final
