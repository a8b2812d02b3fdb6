{{ config(alias='stg_ska__items', materialized='changed_rows') }}
{{ of_changed_documents('ska', ref('stg_ska__items')) }}
