with

enrolments as (
    select * from {{ ref('fct_programme_enrolment') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

exports as (
    select distinct business_id, is_synthetic from {{ ref('int_outcomes__exports') }}
),

-- A line that names nobody is a member by itself. A day of enrolment that the list leaves out is the earliest known:
-- at the latest that of the training, else of the listing.
dated as (
    select
        enrolments.enrolment_key,
        enrolments.is_synthetic,
        case
            when businesses.ikm_id = 'unknown' then concat('line_', cast(enrolments.enrolment_key as varchar))
            else businesses.ikm_id
        end as business_id,
        exports.business_id is not null
        or (businesses.is_identified and not businesses.has_open_review) as is_linkable,
        enrolments.programme_code,
        enrolments.agency_code,
        enrolments.funding_source_code,
        enrolments.sector,
        enrolments.region_code,
        left(enrolments.region_code, 2) as province_code,
        enrolments.listed_on,
        coalesce(
            enrolments.enrolled_on,
            enrolments.trained_on,
            case when enrolments.enrolment_status in ('enrolled', 'trained') then enrolments.listed_on end
        ) as enrolled_on,
        enrolments.trained_on
    from enrolments
    inner join businesses on enrolments.party_key = businesses.party_key
    left join exports
        on businesses.ikm_id = exports.business_id and enrolments.is_synthetic = exports.is_synthetic
    where enrolments.listed_on <> {{ unknown_date() }}
),

known as (
    select
        *,
        min(enrolled_on) over (partition by business_id, is_synthetic) as first_enrolled_on
    from dated
),

final as (
    {% for arm, time_zero, cohort_day, condition in [
        ('enrolled', 'enrolled_on', 'enrolled_on', 'enrolled_on is not null'),
        ('trained', 'enrolled_on', 'trained_on', 'trained_on is not null'),
        ('waiting', 'listed_on', 'listed_on', 'first_enrolled_on is null or first_enrolled_on > listed_on')] -%}
        select
            enrolment_key,
            is_synthetic,
            business_id,
            is_linkable,
            programme_code,
            agency_code,
            funding_source_code,
            sector,
            region_code,
            province_code,
            '{{ arm }}' as arm,
            {{ time_zero }} as time_zero,
            {{ cohort_day }} as cohort_day,
            {{ 'first_enrolled_on' if arm == 'waiting' else 'cast(null as date)' }} as censored_on
        from known
        where {{ condition }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
