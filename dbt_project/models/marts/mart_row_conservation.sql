{%- set outcomes = ['current', 'superseded', 'cancelled', 'replaced', 'duplicate', 'conflict', 'invalid_correction',
    'unregistered'] -%}
with

loads as (
    select
        load_id,
        feed,
        agency_code,
        file_name,
        'loaded' as load_status,
        rows_read,
        rows_skipped,
        rows_quarantined,
        rows_accepted
    from {{ ref('stg_control__loads') }}
    union all
    select
        load_id,
        feed,
        agency_code,
        file_name,
        load_status,
        rows_read,
        rows_skipped,
        rows_quarantined,
        rows_accepted
    from {{ ref('stg_control__other_loads') }}
),

native_rows as (
    select * from {{ ref('stg_control__native_rows') }}
),

-- What counts is counted where it counts: a row that a fact lost on the way is missing here.
counted as (
    {% for feed, about in documents().items() -%}
        {% if about.counted_in -%}
            select '{{ feed }}' as feed, load_id, 'current' as outcome, count(*) as outcome_rows
            from {{ ref(about.counted_in) }}
            group by load_id
        {%- else -%}
            select '{{ feed }}' as feed, rows_as_sent.load_id, 'current' as outcome, count(*) as outcome_rows
            from ({{ counted_rows(feed, ref(about.rows)) }}) as rows_as_sent
            group by rows_as_sent.load_id
        {%- endif %}
        union all
        select '{{ feed }}' as feed, load_id, outcome, count(*) as outcome_rows
        from {{ ref(outcomes_of(feed)) }}
        where outcome <> 'current'
        group by load_id, outcome
        union all
    {% endfor -%}
    select 'peb' as feed, unregistered.load_id, 'unregistered' as outcome, count(*) as outcome_rows
    from ({{ counted_rows('peb', ref('stg_peb__items')) }}) as unregistered
    where unregistered.registration_number is null or unregistered.registered_on is null
    group by unregistered.load_id
    union all
    -- Feeds that have no model yet stand in their native table.
    select feed, load_id, 'current' as outcome, native_rows as outcome_rows
    from native_rows
    where
        feed not in (
            {%- for feed in documents() %}
                '{{ feed }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
),

by_load as (
    select
        feed,
        load_id,
    {%- for outcome in outcomes %}
        sum(outcome_rows) filter (where outcome = '{{ outcome }}') as rows_{{ outcome }}{{ ',' if not loop.last }}
    {%- endfor %}
    from counted
    group by feed, load_id
),

final as (
    select
        coalesce(loads.feed, by_load.feed) as feed,
        coalesce(loads.load_id, by_load.load_id) as load_id,
        coalesce(loads.agency_code, 'unknown') as agency_code,
        loads.file_name,
        coalesce(loads.load_status, 'unknown') as load_status,
        coalesce(loads.rows_read, 0) as rows_read,
        coalesce(loads.rows_skipped, 0) as rows_skipped,
        coalesce(loads.rows_quarantined, 0) as rows_quarantined,
        coalesce(loads.rows_accepted, 0) as rows_accepted,
        coalesce(native_rows.native_rows - native_rows.source_rows, 0) as rows_made,
        {% for outcome in outcomes -%}
            cast(coalesce(by_load.rows_{{ outcome }}, 0) as bigint) as rows_{{ outcome }},
        {% endfor -%}
        case when loads.load_status <> 'loaded' then loads.rows_accepted else 0 end as rows_left_out
    from loads
    full outer join by_load on loads.feed = by_load.feed and loads.load_id = by_load.load_id
    left join native_rows on loads.feed = native_rows.feed and loads.load_id = native_rows.load_id
)

select * from final
