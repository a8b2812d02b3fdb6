with

source as (
    select * from {{ source('raw', 'readiness_assessment') }}
),

renamed as (
    select
        visit_id,
        visited_on,
        programme_code,
        business_name,
        region_code,
        capacity_per_month,
        demand_per_month,
        capacity_unit,
        has_continuity,
        has_bpom_permit,
        has_own_workshop,
        is_ready,
        party_key,
        coalesce(is_synthetic, false) as is_synthetic,
        load_id,
        coalesce(sheet, '') as sheet,
        row_number,
        piece
    from source
)

select * from renamed
