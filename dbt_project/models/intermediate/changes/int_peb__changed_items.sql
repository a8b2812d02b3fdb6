{{ config(alias='stg_peb__items', materialized='changed_rows') }}
{{ of_changed_documents('peb', ref('stg_peb__items')) }}
