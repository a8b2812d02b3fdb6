{% set moved -%}
        select facts.nomor_aju as document_key, facts.is_synthetic
        from {{ as_built_before('marts', 'fct_export_item') }} as facts
        inner join {{ ref('int_exchange_rates__changed_days') }} as rates
            on facts.currency = rates.currency and facts.registered_on = rates.day
{%- endset -%}
{{ changed_documents('peb', moved) }}
