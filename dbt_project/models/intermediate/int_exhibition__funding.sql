with

rows_as_sent as (
    select * from {{ ref('stg_exhibition__participations') }}
),

counted as (
    {{ counted_rows('exhibition_participation', 'rows_as_sent') }}
),

participations as (
    select
        {{ surrogate_key(['event_code', 'participation_number', 'is_synthetic']) }} as participation_key,
        event_code,
        participation_number,
        is_synthetic,
        cast(coalesce(participants, 0) as bigint) as participants,
        funding_idr,
        {{ named_things("lower(coalesce(funding_source, ''))") }} as words,
        load_id,
        sheet,
        row_number,
        piece
    from counted
),

numbered as (
    select participation_key, words, {{ each_up_to(things_in('words', ';')) }} as number
    from participations
),

parts as (
    select participation_key, trim(split_part(words, ';', number)) as part
    from numbered
),

-- "2 apbn", "apbn 2 ikm": a word, and how many heads it paid for where that is said.
read_parts as (
    select
        participation_key,
        nullif(trim(
            regexp_extract(part, '^[0-9]* *(?:ikm |orang |peserta )?([a-z][a-z /.&-]*)', 1)
        ), '') as funding_source_code,
        try_cast(nullif(regexp_extract(part, '([0-9]+)', 1), '') as bigint) as stated_heads
    from parts
),

sources as (
    select
        participation_key,
        funding_source_code,
        sum(stated_heads) as stated_heads,
        count(*) over (partition by participation_key) as named_sources,
        sum(sum(stated_heads)) over (partition by participation_key) as all_stated_heads
    from read_parts
    where funding_source_code not in ('unknown', 'tidak diketahui')
    group by participation_key, funding_source_code
),

-- Who paid for how many is taken from what is said. Numbers above the participants are not believed.
named as (
    select
        participations.participation_key,
        sources.funding_source_code,
        sources.named_sources,
        case
            when sources.all_stated_heads > participations.participants then 0
            when sources.stated_heads is not null then sources.stated_heads
            when sources.named_sources = 1 then participations.participants
            else 0
        end as participants,
        case when sources.named_sources = 1 then participations.funding_idr end as funding_idr,
        case
            when sources.all_stated_heads > participations.participants then 'contradictory'
            when sources.stated_heads is not null then 'stated'
            when sources.named_sources = 1 then 'whole'
            else 'not_stated'
        end as heads_basis
    from participations
    inner join sources on participations.participation_key = sources.participation_key
),

paid_for as (
    select
        participation_key,
        sum(participants) as participants,
        max(named_sources) as named_sources
    from named
    group by participation_key
),

-- Whatever no source is said to have paid.
rest as (
    select
        participations.participation_key,
        'unknown' as funding_source_code,
        coalesce(paid_for.named_sources, 0) as named_sources,
        participations.participants - coalesce(paid_for.participants, 0) as participants,
        case when coalesce(paid_for.named_sources, 0) <> 1 then participations.funding_idr end as funding_idr,
        'rest' as heads_basis
    from participations
    left join paid_for on participations.participation_key = paid_for.participation_key
),

shares as (
    select * from named
    union all
    select * from rest
    where participants > 0 or funding_idr is not null or named_sources = 0
),

final as (
    select
        shares.participation_key,
        participations.event_code,
        participations.participation_number,
        participations.is_synthetic,
        shares.funding_source_code,
        cast(shares.named_sources as integer) as named_sources,
        cast(shares.participants as integer) as participants,
        shares.funding_idr,
        shares.heads_basis,
        participations.load_id,
        participations.sheet,
        participations.row_number,
        participations.piece
    from shares
    inner join participations on shares.participation_key = participations.participation_key
)

select * from final
