with

rows_as_sent as (
    select * from {{ ref('stg_exhibition__participations') }}
),

newest as (
    {{ counted_rows('exhibition_participation', 'rows_as_sent') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

final as (
    select
        ---------- ids
        newest.event_code,
        newest.participation_number,
        newest.party_key,
        newest.participant_kind,

        ---------- where, what, when
        newest.starts_on,
        newest.ends_on,
        newest.recorded_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,
        newest.product_description,

        ---------- amounts
        newest.participants,
        coalesce(newest.funding_source, 'unknown') as funding_source,
        newest.funding_idr,
        newest.is_synthetic,
        newest.has_conflict,

        ---------- trace
        newest.load_id,
        newest.sheet,
        newest.row_number,
        newest.piece
    from newest
    left join region_codes on newest.region_code = region_codes.stated_region_code
)

select * from final
