-- depends_on: {{ ref('int_ska__changed_documents') }}
{{ row_outcomes('ska') }}
