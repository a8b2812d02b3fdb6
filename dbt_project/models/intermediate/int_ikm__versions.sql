{%- set told = ['business_name', 'legal_form', 'district', 'region_code', 'stated_region_code', 'sector',
    'product_description', 'products', 'kbli_code', 'registered_month'] -%}
{%- set figures = ['workers_male', 'workers_female', 'investment_idr', 'revenue_idr', 'capacity_per_month',
    'capacity_unit'] -%}
{#- The line that says it; that another edition says the same again makes no new version. -#}
{%- set source = ['load_id', 'sheet', 'row_number', 'piece'] -%}
with

snapshots as (
    select * from {{ ref('int_ikm__snapshots') }}
),

-- The days on which what is known of a business can change: an edition that lists it, and the next edition of that
-- office, which may not. Time before the first is told too, so that every fact finds a version.
days as (
    select ikm_id, as_of as valid_from from snapshots
    union
    select ikm_id, next_as_of as valid_from from snapshots
    where next_as_of is not null
    union
    select ikm_id, {{ first_day() }} as valid_from from snapshots
),

first_snapshots as (
    select * from snapshots
    qualify row_number() over (
        partition by ikm_id order by as_of asc, agency_closeness desc, agency_code asc
    ) = 1
),

-- An edition holds until the next one of its office. Of offices that list a business at one time the later edition
-- is believed, of editions of one day that of the office closest to it.
standing as (
    select
        days.ikm_id,
        days.valid_from,
        snapshots.next_as_of is null or snapshots.next_as_of > days.valid_from as is_listed,
        snapshots.is_synthetic,
        snapshots.agency_code,
        snapshots.{{ (told + figures + source) | join(',\n        snapshots.') }},
        sum(
            case when snapshots.next_as_of is null or snapshots.next_as_of > days.valid_from then 1 else 0 end
        ) over (partition by days.ikm_id, days.valid_from) as offices
    from days
    inner join snapshots on days.ikm_id = snapshots.ikm_id and days.valid_from >= snapshots.as_of
    qualify row_number() over (
        partition by days.ikm_id, days.valid_from
        order by
            snapshots.next_as_of is null or snapshots.next_as_of > days.valid_from desc,
            snapshots.as_of desc, snapshots.agency_closeness desc, snapshots.agency_code asc
    ) = 1
),

-- Before its first edition a business is taken to have been who and where that edition says; its figures are not.
before_first as (
    select
        first_snapshots.ikm_id,
        {{ first_day() }} as valid_from,
        false as is_listed,
        first_snapshots.is_synthetic,
        first_snapshots.agency_code,
        first_snapshots.{{ told | join(',\n        first_snapshots.') }},
        cast(null as integer) as workers_male,
        cast(null as integer) as workers_female,
        cast(null as decimal(24, 2)) as investment_idr,
        cast(null as decimal(24, 2)) as revenue_idr,
        cast(null as decimal(24, 4)) as capacity_per_month,
        cast(null as varchar) as capacity_unit,
        first_snapshots.{{ source | join(',\n        first_snapshots.') }},
        0 as offices
    from first_snapshots
    where first_snapshots.as_of > {{ first_day() }}
),

states as (
    select * from standing
    union all
    select * from before_first
),

compared as (
    select
        *,
        {{ surrogate_key(['is_listed', 'agency_code', 'offices'] + told + figures) }} as state
    from states
),

changed as (
    select *
    from compared
    qualify coalesce(state <> lag(state) over (partition by ikm_id order by valid_from), true)
),

final as (
    select
        {{ surrogate_key(['ikm_id', 'valid_from']) }} as ikm_version_key,
        ikm_id,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by ikm_id order by valid_from), {{ no_end() }}
        ) as valid_to,
        is_listed,
        is_synthetic,
        agency_code,
        cast(offices as integer) as offices,
        {{ (told + figures + source) | join(',\n        ') }}
    from changed
)

select * from final
