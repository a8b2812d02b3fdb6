-- depends_on: {{ ref('int_peb__changed_documents') }}
{{ document_versions('peb') }}
