with

businesses as (
    select * from {{ ref('stg_roster__businesses') }}
),

outcomes as (
    select * from {{ ref('int_roster__row_outcomes') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

agencies as (
    select * from {{ ref('stg_reference__agencies') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

-- History needs the editions that a newer one superseded, but no row that lost to another of its own edition.
listed_rows as (
    select
        businesses.*,
        loads.agency_code,
        coalesce(length(agencies.region_code), 0) as agency_closeness
    from businesses
    inner join loads on businesses.load_id = loads.load_id
    left join agencies on loads.agency_code = agencies.agency_code
    left join outcomes
        on
            businesses.load_id = outcomes.load_id
            and businesses.sheet = outcomes.sheet
            and businesses.row_number = outcomes.row_number
            and businesses.piece = outcomes.piece
    where
        businesses.as_of is not null
        and (outcomes.load_id is null or outcomes.outcome in ('current', 'superseded'))
),

edition_days as (
    select distinct agency_code, is_synthetic, as_of
    from listed_rows
),

editions as (
    select
        agency_code,
        is_synthetic,
        as_of,
        lead(as_of) over (partition by agency_code, is_synthetic order by as_of) as next_as_of
    from edition_days
),

-- A line without any identifier or letter of a name can't be found again in another edition: it is a member by itself.
keyed_rows as (
    select
        listed_rows.*,
        coalesce(listed_rows.party_key, concat(
            'line_', listed_rows.agency_code, '_', cast(listed_rows.as_of as varchar), '_',
            cast(listed_rows.roster_number as varchar), case when listed_rows.is_synthetic then '_buatan' else '' end
        )) as listed_party_key
    from listed_rows
),

final as (
    select
        ---------- ids
        keyed_rows.listed_party_key as party_key,
        keyed_rows.is_synthetic,
        keyed_rows.agency_code,
        keyed_rows.agency_closeness,

        ---------- when
        keyed_rows.as_of,
        editions.next_as_of,

        ---------- what the edition says
        keyed_rows.roster_number,
        keyed_rows.business_name,
        keyed_rows.legal_form,
        keyed_rows.district,
        coalesce(region_codes.region_code, '00.00') as region_code,
        keyed_rows.region_code as stated_region_code,
        keyed_rows.sector,
        keyed_rows.product_description,
        keyed_rows.products,
        keyed_rows.kbli_code,
        keyed_rows.registered_month,
        keyed_rows.workers_male,
        keyed_rows.workers_female,
        keyed_rows.investment_idr,
        keyed_rows.revenue_idr,
        keyed_rows.capacity_per_month,
        keyed_rows.capacity_unit,

        ---------- trace
        keyed_rows.load_id,
        keyed_rows.sheet,
        keyed_rows.row_number,
        keyed_rows.piece
    from keyed_rows
    inner join editions
        on
            keyed_rows.agency_code = editions.agency_code
            and keyed_rows.is_synthetic = editions.is_synthetic
            and keyed_rows.as_of = editions.as_of
    left join region_codes on keyed_rows.region_code = region_codes.stated_region_code
)

select * from final
