{{ config(alias='fct_certificate_item', materialized='changed_rows') }}
{{ of_changed_documents('ska', ref('fct_certificate_item')) }}
