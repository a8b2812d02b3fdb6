with

rows_as_sent as (
    select * from {{ ref('stg_programme__targets') }}
),

-- The newest statement of a target replaces all its areas, also those it no longer names.
newest as (
    {{ counted_rows('programme_target', 'rows_as_sent') }}
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
        newest.target_id,
        newest.area_number,
        {{ member_key(['newest.programme_code', 'newest.is_synthetic']) }} as programme_key,
        newest.programme_code,
        newest.programme_name,
        coalesce(loads.agency_code, 'unknown') as agency_code,

        ---------- where, what, when
        newest.target_year,
        coalesce(newest.stated_on, {{ unknown_date() }}) as stated_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,
        newest.region_as_stated,
        newest.measure,

        ---------- what was stated
        newest.target_value,
        newest.unit,
        newest.value_precision,
        newest.as_stated,
        newest.source_document,
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
)

select * from final
