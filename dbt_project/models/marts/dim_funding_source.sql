with

sources as (
    select * from {{ ref('stg_reference__funding_sources') }}
),

named as (
    select funding_source_code
    from {{ ref('int_exhibition__funding') }}
    where funding_source_code not in ('unknown', 'several')
    union
    select funding_source_code
    from {{ ref('fct_programme_enrolment') }}
    where funding_source_code not in ('unknown', 'several')
),

-- A payer that is not listed yet is inferred, not dropped.
inferred as (
    select
        named.funding_source_code,
        named.funding_source_code as funding_source_name_id,
        named.funding_source_code as funding_source_name_en,
        true as is_inferred
    from named
    left join sources on named.funding_source_code = sources.funding_source_code
    where sources.funding_source_code is null
),

final as (
    select funding_source_code, funding_source_name_id, funding_source_name_en, false as is_inferred
    from sources
    union all
    select * from inferred
    union all
    -- Who they are says bridge_participation_funding.
    select
        'several' as funding_source_code,
        'Beberapa sumber' as funding_source_name_id,
        'Several sources' as funding_source_name_en,
        false as is_inferred
    union all
    select
        'unknown' as funding_source_code,
        'Tidak diketahui' as funding_source_name_id,
        'Unknown' as funding_source_name_en,
        false as is_inferred
)

select * from final
