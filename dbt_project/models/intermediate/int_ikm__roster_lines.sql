with

lines_as_sent as (
    select * from {{ ref('stg_roster__businesses') }}
),

outcomes as (
    select * from {{ ref('int_roster__row_outcomes') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

-- An edition that was replaced stays what it was for its own time; copies and contradicted lines do not.
lines_that_stood as (
    select
        loads.agency_code,
        lines_as_sent.is_synthetic,
        lines_as_sent.as_of,
        lines_as_sent.party_key,
        region_codes.region_code
    from lines_as_sent
    inner join loads on lines_as_sent.load_id = loads.load_id
    left join outcomes
        on
            lines_as_sent.load_id = outcomes.load_id
            and lines_as_sent.row_number = outcomes.row_number
            and lines_as_sent.sheet = outcomes.sheet
            and lines_as_sent.piece = outcomes.piece
    left join region_codes on lines_as_sent.region_code = region_codes.stated_region_code
    where coalesce(outcomes.outcome, 'current') in ('current', 'superseded')
),

editions as (
    select distinct agency_code, is_synthetic, as_of from lines_that_stood
),

-- In force from the month of its date until the month of the next one of its office.
in_force as (
    select
        *,
        {{ month_index('as_of') }} as first_index,
        lead({{ month_index('as_of') }}) over (partition by agency_code, is_synthetic order by as_of) as end_index
    from editions
),

final as (
    select distinct
        in_force.agency_code,
        in_force.is_synthetic,
        in_force.as_of,
        in_force.first_index,
        in_force.end_index,
        lines_that_stood.party_key,
        lines_that_stood.region_code
    from in_force
    inner join lines_that_stood
        on
            in_force.agency_code = lines_that_stood.agency_code
            and in_force.is_synthetic = lines_that_stood.is_synthetic
            and in_force.as_of = lines_that_stood.as_of
    where in_force.end_index is null or in_force.end_index > in_force.first_index
)

select * from final
