with

rows_as_sent as (
    select * from {{ ref('stg_reports__figures') }}
),

newest as (
    {{ counted_rows('reported_figure', 'rows_as_sent') }}
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
        newest.figure_id,
        newest.report_code,
        newest.report_title,
        {{ member_key(['newest.event_code', 'newest.is_synthetic']) }} as event_key,
        newest.event_code,
        coalesce(loads.agency_code, 'unknown') as agency_code,

        ---------- where, what, when
        coalesce(newest.stated_on, {{ unknown_date() }}) as stated_on,
        newest.subject,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,
        newest.region_as_stated,
        newest.measure,

        ---------- what was stated
        newest.value,
        newest.value_low,
        newest.value_high,
        newest.value_text,
        newest.unit,
        newest.value_precision,
        newest.as_stated,
        newest.data_note,
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
