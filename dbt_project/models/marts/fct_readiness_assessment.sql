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

loads as (
    select * from {{ ref('stg_control__loads') }}
),

final as (
    select
        ---------- ids
        newest.visit_id,
        {{ member_key(['newest.programme_code', 'newest.is_synthetic']) }} as programme_key,
        newest.programme_code,
        coalesce(newest.party_key, 'unknown') as party_key,
        coalesce(loads.agency_code, 'unknown') as agency_code,

        ---------- where and when
        coalesce(newest.visited_on, {{ unknown_date() }}) as visited_on,
        coalesce(region_codes.region_code, '00.00') as region_code,
        newest.region_code as stated_region_code,

        ---------- what was found
        newest.capacity_per_month,
        newest.demand_per_month,
        newest.capacity_unit,
        {{ try_decimal('newest.capacity_per_month - newest.demand_per_month', 24, 4) }} as capacity_gap_per_month,
        newest.capacity_per_month >= newest.demand_per_month as capacity_covers_demand,
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
    left join loads on newest.load_id = loads.load_id
)

select * from final
