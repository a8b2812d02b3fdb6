{{ config(materialized='view') }}

with

items as (
    select * from {{ ref('stg_ska__items') }}
),

set_aside as (
    select * from {{ ref('int_ska__set_aside_items') }}
),

final as (
    select
        items.is_synthetic,
        items.certificate_number,
        items.amended_on,
        items.load_id,
        min(items.issued_on) as issued_on,
        count(*) as items
    from items
    left join set_aside
        on
            items.load_id = set_aside.load_id
            and items.sheet = set_aside.sheet
            and items.row_number = set_aside.row_number
    where set_aside.load_id is null
    group by items.is_synthetic, items.certificate_number, items.amended_on, items.load_id
)

select * from final
