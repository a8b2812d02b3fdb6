with

members as (
    select * from {{ ref('int_outcomes__in_cohorts') }}
    where outcome = 'exported'
),

documents as (
    {% for basis in ['peb', 'ska'] -%}
        select
            breakdown,
            breakdown_code,
            cohort,
            arm,
            horizon_months,
            measure,
            is_synthetic,
            '{{ basis }}' as basis,
            first_{{ basis }}_document as document_key
        from members
        where first_{{ basis }}_document is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

by_document as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        basis,
        document_key,
        count(*) as members
    from documents
    group by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic, basis, document_key
),

final as (
    select
        breakdown,
        breakdown_code,
        cohort,
        arm,
        horizon_months,
        measure,
        is_synthetic,
        max(members) as most_of_one_shipment
    from by_document
    group by breakdown, breakdown_code, cohort, arm, horizon_months, measure, is_synthetic
)

select * from final
