{% set moved -%}
        select items.certificate_number as document_key, items.is_synthetic
        from {{ ref('stg_ska__items') }} as items
        inner join {{ ref('int_exchange_rates__changed_days') }} as rates
            on items.currency = rates.currency and items.issued_on = rates.day
        union
        select items.certificate_number as document_key, items.is_synthetic
        from {{ ref('stg_ska__items') }} as items
        inner join {{ ref('int_register__changed_exporters') }} as exporters
            on
                items.exporter_party_key = exporters.exporter_party_key
                and items.is_synthetic = exporters.is_synthetic
{%- endset -%}
{{ changed_documents('ska', moved) }}
