{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    meta={
        'changed_in': 'int_ska__changed_documents',
        'changed_keys': {'document_key': 'document_key', 'is_synthetic': 'is_synthetic'},
    },
) }}
-- depends_on: {{ ref('int_ska__changed_documents') }}
{{ conflicts('ska') }}
