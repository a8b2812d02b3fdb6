{{ config(materialized='view') }}

with

items as (
    select * from {{ ref('stg_peb__items') }}
),

set_aside as (
    select * from {{ ref('int_peb__set_aside_items') }}
),

final as (
    select
        items.is_synthetic,
        items.nomor_aju,
        items.note_number,
        items.load_id,
        min(items.registered_on) as registered_on,
        count(*) as items
    from items
    left join set_aside
        on
            items.load_id = set_aside.load_id
            and items.sheet = set_aside.sheet
            and items.row_number = set_aside.row_number
    where items.registration_number is not null and items.registered_on is not null and set_aside.load_id is null
    group by items.is_synthetic, items.nomor_aju, items.note_number, items.load_id
)

select * from final
