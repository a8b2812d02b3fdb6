-- depends_on: {{ ref('int_peb__changed_documents') }}
{{ row_outcomes('peb') }}
