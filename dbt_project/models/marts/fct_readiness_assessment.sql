with

rows_as_sent as (
    select * from {{ ref('stg_readiness__visits') }}
),

newest as (
    {{ counted_rows('readiness_assessment', 'rows_as_sent') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

final as (
    select
        ---------- ids
        newest.visit_id,
        newest.programme_code,
        newest.party_key,

        ---------- where and when
        newest.visited_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,

        ---------- what was found
        newest.capacity_per_month,
        newest.demand_per_month,
        newest.capacity_unit,
        newest.has_continuity,
        newest.has_bpom_permit,
        newest.has_own_workshop,
        newest.is_ready,
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
