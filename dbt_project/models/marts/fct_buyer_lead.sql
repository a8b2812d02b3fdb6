with

rows_as_sent as (
    select * from {{ ref('stg_buyers__leads') }}
),

newest as (
    {{ counted_rows('buyer_lead', 'rows_as_sent') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

countries as (
    select * from {{ ref('stg_reference__countries') }}
),

final as (
    select
        ---------- ids
        newest.lead_id,
        {{ member_key(['newest.event_code', 'newest.is_synthetic']) }} as event_key,
        newest.event_code,
        coalesce(newest.party_key, 'unknown') as party_key,
        coalesce(loads.agency_code, 'unknown') as agency_code,

        ---------- where, what, when
        coalesce(newest.recorded_on, {{ unknown_date() }}) as recorded_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,
        coalesce(countries.country_code, 'ZZ') as buyer_country_code,
        newest.buyer_country_as_stated,
        newest.stage,
        newest.as_stated,

        ---------- amounts
        newest.lead_value,
        newest.currency,
        newest.is_synthetic,
        newest.has_conflict,

        ---------- trace
        newest.load_id,
        newest.sheet,
        newest.row_number,
        newest.piece
    from newest
    left join region_codes on newest.region_code = region_codes.stated_region_code
    left join loads on newest.load_id = loads.load_id
    left join countries on newest.buyer_country_code = countries.country_code
)

select * from final
