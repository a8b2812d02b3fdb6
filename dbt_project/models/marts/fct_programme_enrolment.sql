with

rows_as_sent as (
    select * from {{ ref('stg_enrolment__members') }}
),

newest as (
    {{ counted_rows('programme_enrolment', 'rows_as_sent') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

loads as (
    select * from {{ ref('stg_control__loads') }}
),

milestones as (
    select * from {{ ref('int_enrolment__milestones') }}
),

sent as (
    select
        newest.*,
        coalesce(loads.agency_code, 'unknown') as agency_code,
        coalesce(nullif(trim(lower(newest.funding_source)), ''), 'unknown') as funding_words
    from newest
    left join loads on newest.load_id = loads.load_id
),

keyed as (
    select
        *,
        {{ surrogate_key(['agency_code', 'programme_code', 'enrolment_number', 'is_synthetic']) }} as enrolment_key,
        {{ named_things('funding_words') }} as payers
    from sent
),

final as (
    select
        ---------- ids
        keyed.enrolment_key,
        {{ member_key(['keyed.programme_code', 'keyed.is_synthetic']) }} as programme_key,
        keyed.programme_code,
        keyed.programme_name,
        keyed.enrolment_number,
        coalesce(keyed.party_key, 'unknown') as party_key,
        keyed.agency_code,

        ---------- where, what, who paid
        coalesce(region_codes.region_code, '00.00') as region_code,
        keyed.region_code as stated_region_code,
        coalesce(keyed.sector, 'unknown') as sector,
        keyed.product_description,
        case when keyed.payers like '%;%' then 'several' else keyed.payers end as funding_source_code,

        ---------- what the list says
        coalesce(keyed.recorded_on, {{ unknown_date() }}) as recorded_on,
        keyed.enrolment_status,
        coalesce(keyed.listed_on, {{ unknown_date() }}) as listed_on,
        keyed.enrolled_on,
        keyed.trained_on,

        ---------- what other lists say of the business since it was listed
        milestones.assessed_on,
        milestones.ready_on,
        milestones.exhibited_on,
        milestones.first_lead_on,
        milestones.first_order_on,
        milestones.first_export_on,
        coalesce(milestones.exported_before, false) as exported_before,
        keyed.is_synthetic,
        keyed.has_conflict,

        ---------- trace
        keyed.load_id,
        keyed.sheet,
        keyed.row_number,
        keyed.piece
    from keyed
    left join region_codes on keyed.region_code = region_codes.stated_region_code
    left join milestones
        on
            keyed.party_key = milestones.party_key
            and keyed.is_synthetic = milestones.is_synthetic
            and keyed.listed_on = milestones.listed_on
)

select * from final
