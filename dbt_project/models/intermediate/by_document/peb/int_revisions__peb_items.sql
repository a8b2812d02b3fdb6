-- depends_on: {{ ref('int_peb__changed_documents') }}
{% set states = ['note_date', 'note_number', 'cancelled_on', 'registered_on'] %}
with

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

{{ headline_rates('peb') }},

{{ rows_with_versions('peb') }},

replacements as (
    select is_synthetic, replaces_nomor_aju as document_key, min(registered_on) as gone_on
    from items
    where replaces_nomor_aju is not null and replaces_nomor_aju <> nomor_aju
    group by is_synthetic, replaces_nomor_aju
),

-- A version that was never registered stood for nothing, unless it takes a registered one back.
versions as (
    select distinct
        rows_that_stood.is_synthetic,
        rows_that_stood.document_key,
        rows_that_stood.note_date,
        rows_that_stood.note_number,
        rows_that_stood.cancelled_on,
        rows_that_stood.registered_on,
        rows_that_stood.registered_on as first_day,
        rows_that_stood.note_date as changed_on,
        rows_that_stood.cancelled_on is not null as is_out,
        rows_that_stood.cancelled_on as out_on,
        case when rows_that_stood.outcome = 'replaced' then replacements.gone_on end as gone_on
    from rows_that_stood
    left join replacements
        on
            rows_that_stood.is_synthetic = replacements.is_synthetic
            and rows_that_stood.document_key = replacements.document_key
    where
        (rows_that_stood.registration_number is not null and rows_that_stood.registered_on is not null)
        or rows_that_stood.cancelled_on is not null
),

{{ standing_spans(states) }},

final as (
    select
        'peb' as basis,
        rows_that_stood.is_synthetic,
        rows_that_stood.document_key,
        coalesce(region_codes.region_code, '00.00') as region_code,
        {{ month_of('rows_that_stood.registered_on') }} as export_month,
        rows_that_stood.outcome,
        spans.starts_on,
        spans.ends_on,
        {{ dollars('rows_that_stood', 'item_fob') }} as fob_usd
    from rows_that_stood
    inner join spans
        on
            rows_that_stood.is_synthetic = spans.is_synthetic
            and rows_that_stood.document_key = spans.document_key
            and rows_that_stood.note_date is not distinct from spans.note_date
            and rows_that_stood.note_number is not distinct from spans.note_number
            and rows_that_stood.cancelled_on is not distinct from spans.cancelled_on
            and rows_that_stood.registered_on is not distinct from spans.registered_on
    left join region_codes on rows_that_stood.origin_region_code = region_codes.stated_region_code
    left join rates
        on
            rows_that_stood.currency = rates.currency
            and rows_that_stood.registered_on = rates.day
            and (rows_that_stood.is_synthetic or not rates.is_synthetic)
    where
        rows_that_stood.registration_number is not null
        and rows_that_stood.registered_on is not null
        and not spans.is_only_an_end
        and {{ is_in_scope('rows_that_stood') }}
)

select * from final
