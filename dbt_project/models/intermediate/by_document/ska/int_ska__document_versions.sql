-- depends_on: {{ ref('int_ska__changed_documents') }}
{{ document_versions('ska') }}
