with

targets as (
    select * from {{ ref('fct_programme_target') }}
),

described as (
    select programme_key, programme_code, is_synthetic, programme_name
    from targets
    where programme_code is not null
    qualify row_number() over (
        partition by programme_key
        order by stated_on desc, target_id desc, area_number asc
    ) = 1
),

target_years as (
    select
        programme_key,
        min(target_year) as first_target_year,
        max(target_year) as last_target_year
    from targets
    group by programme_key
),

mentioned as (
    select distinct programme_key, programme_code, is_synthetic
    from {{ ref('fct_readiness_assessment') }}
    where programme_code is not null
),

-- A programme that only a visit names is inferred, not dropped.
inferred as (
    select mentioned.*
    from mentioned
    left join described on mentioned.programme_key = described.programme_key
    where described.programme_key is null
),

final as (
    select
        described.programme_key,
        described.programme_code,
        described.is_synthetic,
        described.programme_name,
        target_years.first_target_year,
        target_years.last_target_year,
        false as is_inferred
    from described
    inner join target_years on described.programme_key = target_years.programme_key
    union all
    select
        programme_key,
        programme_code,
        is_synthetic,
        programme_code as programme_name,
        cast(null as integer) as first_target_year,
        cast(null as integer) as last_target_year,
        true as is_inferred
    from inferred
    union all
    select
        {{ unknown_key() }} as programme_key,
        'UNKNOWN' as programme_code,
        false as is_synthetic,
        'Tidak diketahui' as programme_name,
        cast(null as integer) as first_target_year,
        cast(null as integer) as last_target_year,
        false as is_inferred
)

select * from final
