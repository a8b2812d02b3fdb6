{#- Built before the facts are, which say so. -#}
with

items_before as (
    {{ places_before('peb', 'fct_export_item', 'registered_on') }}
),

certificates_before as (
    {{ places_before('ska', 'fct_certificate_item', 'issued_on') }}
),

final as (
    select 'peb' as basis, is_synthetic, region_code, {{ month_of('registered_on') }} as export_month
    from items_before
    union
    select 'ska' as basis, is_synthetic, region_code, {{ month_of('issued_on') }} as export_month
    from certificates_before
)

select * from final
