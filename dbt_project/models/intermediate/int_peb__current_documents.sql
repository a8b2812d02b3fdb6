{{ config(materialized='view') }}

with

items as (
    select * from {{ ref('stg_peb__items') }}
),

counted as (
    {{ counted_rows('peb', 'items') }}
),

final as (
    select
        counted.is_synthetic,
        counted.nomor_aju,
        counted.note_number,
        counted.load_id,
        min(counted.registered_on) as registered_on,
        count(*) as items
    from counted
    where counted.registration_number is not null and counted.registered_on is not null
    group by counted.is_synthetic, counted.nomor_aju, counted.note_number, counted.load_id
)

select * from final
