{{ config(alias='fct_export_item', materialized='changed_rows') }}
{{ of_changed_documents('peb', ref('fct_export_item')) }}
