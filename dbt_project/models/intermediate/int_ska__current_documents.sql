{{ config(materialized='view') }}

with

items as (
    select * from {{ ref('stg_ska__items') }}
),

counted as (
    {{ counted_rows('ska', 'items') }}
),

final as (
    select
        counted.is_synthetic,
        counted.certificate_number,
        counted.amended_on,
        counted.load_id,
        min(counted.issued_on) as issued_on,
        count(*) as items
    from counted
    group by counted.is_synthetic, counted.certificate_number, counted.amended_on, counted.load_id
)

select * from final
