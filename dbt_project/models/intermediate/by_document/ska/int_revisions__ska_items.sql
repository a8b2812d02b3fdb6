-- depends_on: {{ ref('int_ska__changed_documents') }}
{% set states = ['amended_on', 'issued_on', 'is_out'] %}
with

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

register as (
    select * from {{ ref('int_register__exporter_regions') }}
),

{{ headline_rates('ska') }},

{{ rows_with_versions('ska') }},

replacements as (
    select is_synthetic, replaces_number as document_key, min(issued_on) as gone_on
    from items
    where replaces_number is not null and replaces_number <> certificate_number
    group by is_synthetic, replaces_number
),

rows_with_state as (
    select *, status in ('cancelled', 'replaced') as is_out
    from rows_that_stood
),

-- A certificate says that it is out and not when, unless it is dated as an amendment or another one replaces it.
versions as (
    select distinct
        rows_with_state.is_synthetic,
        rows_with_state.document_key,
        rows_with_state.amended_on,
        rows_with_state.issued_on,
        rows_with_state.is_out,
        rows_with_state.issued_on as first_day,
        rows_with_state.amended_on as changed_on,
        case when rows_with_state.is_out then coalesce(rows_with_state.amended_on, replacements.gone_on) end as out_on,
        case when rows_with_state.outcome = 'replaced' then replacements.gone_on end as gone_on
    from rows_with_state
    left join replacements
        on
            rows_with_state.is_synthetic = replacements.is_synthetic
            and rows_with_state.document_key = replacements.document_key
),

{{ standing_spans(states) }},

final as (
    select
        'ska' as basis,
        rows_with_state.is_synthetic,
        rows_with_state.document_key,
        coalesce(region_codes.region_code, register.region_code, '00.00') as region_code,
        {{ month_of('rows_with_state.issued_on') }} as export_month,
        rows_with_state.outcome,
        spans.starts_on,
        spans.ends_on,
        {{ dollars('rows_with_state', 'item_value') }} as fob_usd
    from rows_with_state
    inner join spans
        on
            rows_with_state.is_synthetic = spans.is_synthetic
            and rows_with_state.document_key = spans.document_key
            and rows_with_state.amended_on is not distinct from spans.amended_on
            and rows_with_state.issued_on is not distinct from spans.issued_on
            and rows_with_state.is_out is not distinct from spans.is_out
    left join region_codes on rows_with_state.exporter_region_code = region_codes.stated_region_code
    left join register
        on
            rows_with_state.exporter_party_key = register.exporter_party_key
            and rows_with_state.is_synthetic = register.is_synthetic
    left join rates
        on
            rows_with_state.currency = rates.currency
            and rows_with_state.issued_on = rates.day
            and (rows_with_state.is_synthetic or not rates.is_synthetic)
    where not spans.is_only_an_end
)

select * from final
