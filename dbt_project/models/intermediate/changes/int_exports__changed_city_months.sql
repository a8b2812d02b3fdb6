{#- Kept and added to until a release holds them: lumbung/transform/changes.py empties it then. -#}
{{ config(materialized='incremental', incremental_strategy='append') }}

with

left_city_months as (
    select * from {{ ref('int_exports__left_city_months') }}
),

items as (
    select * from {{ ref('int_peb__changed_facts') }}
),

certificates as (
    select * from {{ ref('int_ska__changed_facts') }}
),

final as (
    select basis, is_synthetic, region_code, export_month from left_city_months
    union
    select 'peb' as basis, is_synthetic, region_code, {{ month_of('registered_on') }} as export_month from items
    union
    select 'ska' as basis, is_synthetic, region_code, {{ month_of('issued_on') }} as export_month from certificates
)

select * from final
