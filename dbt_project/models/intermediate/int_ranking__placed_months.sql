{#- Exports of businesses in the months and places that rules group by, a row a currency. Where an address is not known
   the dollars stay in the province that the document declares, in no city of it: they are a gap of coverage. What is
   of no known province stands under '00'. -#}
with

measure_months as (
    select * from {{ ref('int_exports__measure_months') }}
    where is_in_scope
),

maker_months as (
    select * from {{ ref('int_exports__maker_months') }}
    where is_in_scope
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

ikm_versions as (
    select * from {{ ref('dim_ikm') }}
    where region_code <> '00.00'
),

register as (
    select * from {{ ref('int_register__exporter_regions') }}
),

issuers as (
    select * from {{ ref('stg_reference__certificate_issuers') }}
),

regions as (
    select * from {{ ref('stg_reference__regions') }}
),

wanted as (
    select distinct basis, place from {{ ref('stg_reference__ranking_rules') }}
),

resolved as (
    select
        measure_months.*,
        coalesce(regions.province_code, '00.00') as declared_province_code,
        businesses.ikm_id,
        businesses.is_identified and not businesses.has_open_review as is_resolved
    from measure_months
    left join regions on measure_months.region_code = regions.region_code
    inner join businesses on measure_months.exporter_party_key = businesses.party_key
),

as_documents_say as (
    select
        'declared_origin' as place,
        resolved.*
    from resolved
    where resolved.basis = 'peb'
    union all
    select
        'exporter' as place,
        resolved.*
    from resolved
    where resolved.basis = 'ska'
),

by_exporter_address as (
    select
        resolved.*,
        coalesce(register.region_code, resolved.declared_province_code) as address_region_code
    from resolved
    inner join wanted on resolved.basis = wanted.basis and wanted.place = 'exporter'
    left join register
        on
            resolved.exporter_party_key = register.exporter_party_key
            and resolved.is_synthetic = register.is_synthetic
    where resolved.basis = 'peb'
),

by_issuer as (
    select
        resolved.*,
        coalesce(issuers.region_code, resolved.declared_province_code) as issuer_region_code
    from resolved
    inner join wanted on resolved.basis = wanted.basis and wanted.place = 'issuer'
    left join issuers on resolved.issuer_code = issuers.issuer_code
),

-- A maker is where the roster in force on the last day of the month has it, else where the register has it.
by_maker as (
    select
        maker_months.*,
        coalesce(ikm_versions.region_code, register.region_code, regions.province_code, '00.00') as maker_region_code,
        coalesce(businesses.ikm_id, {{ lone_ikm_id('maker_months.maker_party_key') }}) as ikm_id,
        coalesce(businesses.is_identified and not businesses.has_open_review, false) as is_resolved
    from maker_months
    inner join wanted on maker_months.basis = wanted.basis and wanted.place = 'maker'
    left join regions on maker_months.region_code = regions.region_code
    left join businesses on maker_months.maker_party_key = businesses.party_key
    left join ikm_versions
        on
            businesses.ikm_id = ikm_versions.ikm_id
            and (maker_months.is_synthetic or not ikm_versions.is_synthetic)
            and ikm_versions.valid_from < {{ plus_months('maker_months.export_month', 1) }}
            and ikm_versions.valid_to >= {{ plus_months('maker_months.export_month', 1) }}
    left join register
        on
            maker_months.maker_party_key = register.exporter_party_key
            and maker_months.is_synthetic = register.is_synthetic
),

{% set currency_amounts = ['stated_amount', 'stated_amount_by_other_rates'] -%}
placed as (
    {% for source, place, region in [
        ('as_documents_say', 'place', 'region_code'),
        ('by_exporter_address', "'exporter'", 'address_region_code'),
        ('by_issuer', "'issuer'", 'issuer_region_code'),
    ] -%}
        select
            {{ place }},
            basis,
            is_synthetic,
            {{ region }},
            export_month,
            ikm_id,
            is_resolved,
            currency,
            {{ (currency_amounts + ranked_measures()) | join(',\n        ') }}
        from {{ source }}
        union all
    {% endfor -%}
    select
        'maker' as place,
        basis,
        is_synthetic,
        maker_region_code as region_code,
        export_month,
        ikm_id,
        is_resolved,
        'unknown' as currency,
        -- Items divided among makers keep dollars and rupiah; neither their weight nor their currency is divided.
        cast(null as decimal(24, 2)) as stated_amount,
        cast(null as decimal(24, 2)) as stated_amount_by_other_rates,
        fob_usd,
        cast(null as decimal(24, 2)) as fob_usd_by_other_rates,
        fob_idr,
        cast(null as decimal(24, 4)) as net_weight_kg,
        items,
        items_without_rate as items_without_usd,
        items as items_without_usd_by_other_rates,
        cast(null as bigint) as items_without_idr,
        items as items_without_kg,
        items_without_rate,
        items as items_without_rate_by_other_rates
    from by_maker
),

final as (
    select
        placed.place,
        placed.basis,
        placed.is_synthetic,
        coalesce(regions.province_code, '00') as province_code,
        placed.region_code,
        coalesce(regions.region_level = 2, false) as is_in_city,
        placed.export_month,
        placed.ikm_id,
        placed.currency,
        bool_and(placed.is_resolved) as is_resolved,
        {% for column in currency_amounts + ranked_amounts() -%}
            sum(placed.{{ column }}) as {{ column }},
        {% endfor -%}
    {% for column in ranked_measures() if column not in ranked_amounts() -%}
        cast(sum(placed.{{ column }}) as bigint) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
    from placed
    left join regions on placed.region_code = regions.region_code
    group by
        placed.place, placed.basis, placed.is_synthetic, regions.province_code, placed.region_code,
        regions.region_level, placed.export_month, placed.ikm_id, placed.currency
)

select * from final
