with

targets as (
    select * from {{ ref('fct_programme_target') }}
),

enrolments as (
    select * from {{ ref('fct_programme_enrolment') }}
),

statements as (
    select programme_key, programme_code, is_synthetic, programme_name, stated_on, 1 as place, target_id as stated_in
    from targets
    where programme_code is not null
    union all
    select
        programme_key,
        programme_code,
        is_synthetic,
        programme_name,
        recorded_on as stated_on,
        2 as place,
        programme_name as stated_in
    from enrolments
    where programme_name is not null
),

-- As named last; what a target says goes before a list of the same day.
described as (
    select programme_key, programme_code, is_synthetic, programme_name
    from statements
    qualify row_number() over (
        partition by programme_key
        order by stated_on desc, place asc, stated_in desc, programme_name asc
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
    select programme_key, programme_code, is_synthetic
    from {{ ref('fct_readiness_assessment') }}
    where programme_code is not null
    union
    select programme_key, programme_code, is_synthetic
    from enrolments
),

-- A programme that a visit or a list names by its code only is inferred, not dropped.
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
    left join target_years on described.programme_key = target_years.programme_key
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
