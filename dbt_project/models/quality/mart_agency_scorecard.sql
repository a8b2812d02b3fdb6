with

run as (
    select
        run_date,
        {{ plus_months('run_date', -12) }} as first_day_before
    from {{ source('quality', 'run') }}
),

-- A replay brings back rows that were counted with their file; of a file that was read again the newest reading counts.
loads as (
    select
        loads.agency as agency_code,
        loads.feed,
        loads.load_id,
        loads.rows_read - loads.rows_skipped as rows_of_data
    from {{ source('quality', 'loads') }} as loads
    inner join run on loads.landed_on > run.first_day_before and loads.landed_on <= run.run_date
    where coalesce(loads.parent_load_id, '') = '' and loads.status not in ('landed', 'superseded')
),

-- A row that only shares its document with a bad one is neither incomplete nor invalid by itself.
refused as (
    select
        load_id,
        sum(rows) filter (where is_incomplete) as rows_incomplete,
        sum(rows) filter (where is_invalid) as rows_invalid
    from {{ source('quality', 'refused_rows') }}
    group by load_id
),

conservation as (
    select * from {{ ref('mart_row_conservation') }} where load_status = 'loaded'
),

-- Each row once, however many checks name it, and whether it contradicts another file too.
doubted_rows as (
    select load_id, sheet, row_number from {{ source('quality', 'named_rows') }}
    {% for feed in documents() -%}
        union
        select load_id, sheet, row_number
        from {{ ref(outcomes_of(feed)) }}
        where outcome in ('conflict', 'invalid_correction')
    {% endfor %}
),

doubted as (
    select load_id, count(*) as rows_doubted from doubted_rows group by load_id
),

measured as (
    select
        loads.agency_code,
        loads.feed,
        0 as timeliness_numerator,
        0 as timeliness_denominator,
        loads.rows_of_data - coalesce(refused.rows_incomplete, 0) as completeness_numerator,
        loads.rows_of_data as completeness_denominator,
        loads.rows_of_data - coalesce(refused.rows_invalid, 0) as validity_numerator,
        loads.rows_of_data as validity_denominator,
        greatest(coalesce(conservation.rows_accepted, 0) - coalesce(doubted.rows_doubted, 0), 0)
            as consistency_numerator,
        coalesce(conservation.rows_accepted, 0) as consistency_denominator,
        coalesce(conservation.rows_accepted + conservation.rows_made - conservation.rows_duplicate, 0)
            as uniqueness_numerator,
        coalesce(conservation.rows_accepted + conservation.rows_made, 0) as uniqueness_denominator
    from loads
    left join refused on loads.load_id = refused.load_id
    left join conservation on loads.feed = conservation.feed and loads.load_id = conservation.load_id
    left join doubted on loads.load_id = doubted.load_id
    union all
    select
        deliveries.agency as agency_code,
        deliveries.feed,
        case when deliveries.status in ('on_time', 'nil_return') then 1 else 0 end as timeliness_numerator,
        1 as timeliness_denominator,
        0 as completeness_numerator,
        0 as completeness_denominator,
        0 as validity_numerator,
        0 as validity_denominator,
        0 as consistency_numerator,
        0 as consistency_denominator,
        0 as uniqueness_numerator,
        0 as uniqueness_denominator
    from {{ source('quality', 'deliveries') }} as deliveries
    inner join run on deliveries.due_on > run.first_day_before and deliveries.due_on <= run.run_date
),

-- Each feed by itself, and all of an agency's together.
summed as (
    select
        agency_code,
        case when grouping(feed) = 1 then '' else feed end as feed,
        cast(sum(timeliness_numerator) as bigint) as timeliness_numerator,
        cast(sum(timeliness_denominator) as bigint) as timeliness_denominator,
        cast(sum(completeness_numerator) as bigint) as completeness_numerator,
        cast(sum(completeness_denominator) as bigint) as completeness_denominator,
        cast(sum(validity_numerator) as bigint) as validity_numerator,
        cast(sum(validity_denominator) as bigint) as validity_denominator,
        cast(sum(consistency_numerator) as bigint) as consistency_numerator,
        cast(sum(consistency_denominator) as bigint) as consistency_denominator,
        cast(sum(uniqueness_numerator) as bigint) as uniqueness_numerator,
        cast(sum(uniqueness_denominator) as bigint) as uniqueness_denominator
    from measured
    group by grouping sets ((agency_code, feed), (agency_code))
),

final as (
    select
        summed.agency_code,
        summed.feed,
        {{ plus_days('run.first_day_before', 1) }} as window_from,
        run.run_date as window_to,
        {{ percent_short_of_all('summed.timeliness_numerator', 'summed.timeliness_denominator') }} as timeliness_pct,
        summed.timeliness_numerator,
        summed.timeliness_denominator,
        {{ percent_short_of_all('summed.completeness_numerator', 'summed.completeness_denominator') }}
            as completeness_pct,
        summed.completeness_numerator,
        summed.completeness_denominator,
        {{ percent_short_of_all('summed.validity_numerator', 'summed.validity_denominator') }} as validity_pct,
        summed.validity_numerator,
        summed.validity_denominator,
        {{ percent_short_of_all('summed.consistency_numerator', 'summed.consistency_denominator') }} as consistency_pct,
        summed.consistency_numerator,
        summed.consistency_denominator,
        {{ percent_short_of_all('summed.uniqueness_numerator', 'summed.uniqueness_denominator') }} as uniqueness_pct,
        summed.uniqueness_numerator,
        summed.uniqueness_denominator
    from summed
    cross join run
)

select * from final
