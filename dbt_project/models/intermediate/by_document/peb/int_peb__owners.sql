{{ config(meta={
    'changed_in': 'int_peb__changed_documents',
    'changed_keys': {'nomor_aju': 'document_key', 'is_synthetic': 'is_synthetic'},
}) }}
-- depends_on: {{ ref('int_peb__changed_documents') }}
with

items as (
    select * from {{ ref('int_peb__changed_items') }}
    where producers is not null
),

facts as (
    select * from {{ ref('int_peb__changed_facts') }}
    where named_owners > 0
),

numbered as (
    select
        facts.nomor_aju,
        facts.item_number,
        facts.is_synthetic,
        items.producers,
        {{ each_up_to('facts.named_owners') }} as owner_number
    from facts
    inner join items
        on
            facts.load_id = items.load_id
            and facts.row_number = items.row_number
            and facts.sheet = items.sheet
            and facts.piece = items.piece
),

said as (
    select
        nomor_aju,
        item_number,
        is_synthetic,
        split_part(producers, ';', owner_number) as owner_said
    from numbered
),

-- A key and, after the last colon, what its owner declares.
read_owners as (
    select
        nomor_aju,
        item_number,
        is_synthetic,
        left(owner_said, length(owner_said) - length(split_part(owner_said, ':', -1)) - 1) as maker_party_key,
        {{ try_decimal("nullif(split_part(owner_said, ':', -1), '')", 24, 2) }} as declared_fob
    from said
),

-- Who is named twice is one maker, and declares something only where each line does. Those nobody can name stay as many
-- as they are.
final as (
    select
        nomor_aju,
        item_number,
        is_synthetic,
        maker_party_key,
        cast(case when maker_party_key = 'unknown' then count(*) else 1 end as integer) as heads,
        case when count(*) = count(declared_fob) then cast(sum(declared_fob) as decimal(24, 2)) end as declared_fob
    from read_owners
    group by nomor_aju, item_number, is_synthetic, maker_party_key
)

select * from final
