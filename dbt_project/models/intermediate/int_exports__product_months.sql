{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    meta={
        'changed_in': 'int_exports__changed_city_months',
        'changed_keys': {
            'basis': 'basis', 'is_synthetic': 'is_synthetic', 'region_code': 'region_code',
            'export_month': 'export_month',
        },
    },
) }}
-- depends_on: {{ ref('int_exports__changed_city_months') }}
{{ exports_by_city_month('hs6_code') }}
