{% set moved -%}
        select facts.certificate_number as document_key, facts.is_synthetic
        from {{ as_built_before('marts', 'fct_certificate_item') }} as facts
        inner join {{ ref('int_exchange_rates__changed_days') }} as rates
            on facts.currency = rates.currency and facts.issued_on = rates.day
        union
        select facts.certificate_number as document_key, facts.is_synthetic
        from {{ as_built_before('marts', 'fct_certificate_item') }} as facts
        inner join {{ ref('int_register__changed_exporters') }} as exporters
            on
                facts.exporter_party_key = exporters.exporter_party_key
                and facts.is_synthetic = exporters.is_synthetic
{%- endset -%}
{{ changed_documents('ska', moved) }}
