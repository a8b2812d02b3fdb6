with

rows_as_sent as (
    select * from {{ ref('stg_exhibition__participations') }}
),

newest as (
    {{ counted_rows('exhibition_participation', 'rows_as_sent') }}
),

-- A participation with one source names it; who several are says the bridge.
funding as (
    select
        participation_key,
        case
            when max(named_sources) = 0 then 'unknown'
            when max(named_sources) = 1 then max(case when heads_basis <> 'rest' then funding_source_code end)
            else 'several'
        end as funding_source_code
    from {{ ref('int_exhibition__funding') }}
    group by participation_key
),

keyed as (
    select
        {{ surrogate_key(['event_code', 'participation_number', 'is_synthetic']) }} as participation_key,
        *
    from newest
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

final as (
    select
        ---------- ids
        keyed.participation_key,
        {{ member_key(['keyed.event_code', 'keyed.is_synthetic']) }} as event_key,
        keyed.event_code,
        keyed.participation_number,
        coalesce(keyed.party_key, 'unknown') as party_key,
        coalesce(loads.agency_code, 'unknown') as agency_code,
        keyed.participant_kind,

        ---------- where, what, when
        coalesce(keyed.starts_on, {{ unknown_date() }}) as starts_on,
        coalesce(keyed.ends_on, {{ unknown_date() }}) as ends_on,
        coalesce(keyed.recorded_on, {{ unknown_date() }}) as recorded_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        keyed.region_code as stated_region_code,
        keyed.product_description,

        ---------- amounts
        keyed.participants,
        funding.funding_source_code,
        coalesce(keyed.funding_source, 'unknown') as funding_source,
        keyed.funding_idr,
        keyed.is_synthetic,
        keyed.has_conflict,

        ---------- trace
        keyed.load_id,
        keyed.sheet,
        keyed.row_number,
        keyed.piece
    from keyed
    left join region_codes on keyed.region_code = region_codes.stated_region_code
    left join loads on keyed.load_id = loads.load_id
    left join funding on keyed.participation_key = funding.participation_key
)

select * from final
