with

shares as (
    select * from {{ ref('int_exhibition__funding') }}
),

final as (
    select
        ---------- ids
        participation_key,
        funding_source_code,
        {{ member_key(['event_code', 'is_synthetic']) }} as event_key,
        participation_number,

        ---------- amounts
        participants,
        funding_idr,
        heads_basis,
        is_synthetic,

        ---------- trace
        load_id,
        sheet,
        row_number,
        piece
    from shares
)

select * from final
