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

final as (
    select
        ---------- ids
        newest.target_id,
        newest.area_number,
        newest.programme_code,
        newest.programme_name,

        ---------- where, what, when
        newest.target_year,
        newest.stated_on,
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
)

select * from final
