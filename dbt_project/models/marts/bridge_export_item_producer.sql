{{ config(
    materialized='incremental',
    incremental_strategy='by_changed_keys',
    on_schema_change='fail',
    meta={
        'changed_in': 'int_peb__changed_documents',
        'changed_keys': {'nomor_aju': 'document_key', 'is_synthetic': 'is_synthetic'},
    },
) }}
-- depends_on: {{ ref('int_peb__changed_documents') }}
{%- set item = 'nomor_aju, item_number, is_synthetic' %}
with

owners as (
    {{ of_changed_documents('peb', ref('int_peb__owners')) }}
),

items as (
    select * from {{ ref('int_peb__changed_facts') }}
    where named_owners > 0
),

said as (
    select
        *,
        count(*) over item as makers,
        sum(heads) over item as all_heads,
        count(declared_fob) over item as declaring_makers,
        coalesce(sum(heads) filter (where declared_fob is null) over item, 0) as other_heads,
        sum(declared_fob) over item as all_declared_fob
    from owners
    window item as (partition by {{ item }})
),

-- What is too large to be an amount is divided equally, or products would not fit 128 bits.
judged as (
    select
        items.*,
        said.maker_party_key,
        said.heads,
        said.declared_fob,
        said.makers,
        said.all_heads,
        said.declaring_makers,
        said.other_heads,
        said.all_declared_fob,
        case
            when said.makers = 1 then 'single_owner'
            when
                said.all_declared_fob >= 100000000000000 or items.stated_fob >= 100000000000000 or said.all_heads > 1000
                then 'equal_share'
            when said.declaring_makers = said.makers and said.all_declared_fob > 0 then 'declared_value'
            when
                said.declaring_makers between 1 and said.makers - 1
                and items.stated_fob > 0
                and said.all_declared_fob <= items.stated_fob
                then 'rest_equally'
            else 'equal_share'
        end as way
    from said
    inner join items
        on
            said.nomor_aju = items.nomor_aju
            and said.item_number = items.item_number
            and said.is_synthetic = items.is_synthetic
),

weighed as (
    select
        *,
        case
            when way = 'single_owner' then 1
            when way = 'declared_value' then {{ in_cents('declared_fob') }}
            when way = 'rest_equally' and declared_fob is not null then {{ in_cents('declared_fob') }} * other_heads
            when way = 'rest_equally' then {{ in_cents('(stated_fob - all_declared_fob)') }} * heads
            else heads
        end as weight,
        case way
            when 'single_owner' then 1
            when 'declared_value' then {{ in_cents('all_declared_fob') }}
            when 'rest_equally' then {{ in_cents('stated_fob') }} * other_heads
            else all_heads
        end as whole
    from judged
),

divided as (
    select
        *,
        {{ cents_of_part('stated_fob', 'weight', 'whole') }} as stated_fob_cents,
        {{ left_of_part('stated_fob', 'weight', 'whole') }} as stated_fob_left,
        {{ cents_of_part('fob_usd', 'weight', 'whole') }} as fob_usd_cents,
        {{ left_of_part('fob_usd', 'weight', 'whole') }} as fob_usd_left,
        {{ cents_of_part('fob_idr', 'weight', 'whole') }} as fob_idr_cents,
        {{ left_of_part('fob_idr', 'weight', 'whole') }} as fob_idr_left
    from weighed
),

allocated as (
    select
        *,
        {{ part_of_money('stated_fob', 'stated_fob_cents', 'stated_fob_left', item, 'maker_party_key') }}
            as maker_stated_fob,
        {{ part_of_money('fob_usd', 'fob_usd_cents', 'fob_usd_left', item, 'maker_party_key') }} as maker_fob_usd,
        {{ part_of_money('fob_idr', 'fob_idr_cents', 'fob_idr_left', item, 'maker_party_key') }} as maker_fob_idr
    from divided
),

final as (
    select
        ---------- ids
        nomor_aju,
        item_number,
        maker_party_key,
        exporter_party_key,

        ---------- where, what, when
        registered_on,
        region_code,
        destination_country_code,
        hs_code,
        is_in_scope,

        ---------- how
        case
            when way = 'rest_equally' and declared_fob is not null then 'declared_value'
            when way = 'rest_equally' then 'equal_share'
            else way
        end as allocation_method,
        case way
            when 'single_owner' then false
            when 'declared_value' then all_declared_fob <> stated_fob
            -- What the others leave to one is known as well.
            when 'rest_equally' then declared_fob is null and makers - declaring_makers > 1
            else true
        end as is_assumed,
        declared_fob,

        ---------- amounts
        currency,
        maker_stated_fob as stated_fob,
        cast(maker_fob_usd as decimal(18, 2)) as fob_usd,
        cast(maker_fob_idr as decimal(18, 2)) as fob_idr,
        case when stated_fob > 0 then {{ percent_of('maker_stated_fob', 'stated_fob') }} end as share_pct,
        is_synthetic,
        has_conflict,

        ---------- trace
        load_id,
        sheet,
        row_number,
        piece
    from allocated
)

select * from final
