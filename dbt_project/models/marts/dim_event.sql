with

participations as (
    select * from {{ ref('stg_exhibition__participations') }}
),

counted as (
    {{ counted_rows('exhibition_participation', 'participations') }}
),

described as (
    select {{ member_key(['event_code', 'is_synthetic']) }} as event_key, *
    from counted
    where event_code is not null
    qualify row_number() over (
        partition by is_synthetic, event_code
        order by recorded_on desc nulls last, participation_number desc
    ) = 1
),

mentioned as (
    select event_key, event_code, is_synthetic from {{ ref('fct_buyer_lead') }} where event_code is not null
    union
    select event_key, event_code, is_synthetic from {{ ref('fct_reported_figure') }} where event_code is not null
),

-- An event that only a lead or a report names is inferred, not dropped.
inferred as (
    select mentioned.*
    from mentioned
    left join described on mentioned.event_key = described.event_key
    where described.event_key is null
),

final as (
    select
        event_key,
        event_code,
        is_synthetic,
        event_name,
        event_edition,
        venue,
        starts_on,
        ends_on,
        false as is_inferred
    from described
    union all
    select
        event_key,
        event_code,
        is_synthetic,
        event_code as event_name,
        cast(null as varchar) as event_edition,
        cast(null as varchar) as venue,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on,
        true as is_inferred
    from inferred
    union all
    select
        {{ unknown_key() }} as event_key,
        'UNKNOWN' as event_code,
        false as is_synthetic,
        'Tidak diketahui' as event_name,
        cast(null as varchar) as event_edition,
        cast(null as varchar) as venue,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on,
        false as is_inferred
)

select * from final
