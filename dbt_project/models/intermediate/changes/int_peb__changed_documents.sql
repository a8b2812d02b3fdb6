{% set moved -%}
        select items.nomor_aju as document_key, items.is_synthetic
        from {{ ref('stg_peb__items') }} as items
        inner join {{ ref('int_exchange_rates__changed_days') }} as rates
            on items.currency = rates.currency and items.registered_on = rates.day
{%- endset -%}
{{ changed_documents('peb', moved) }}
