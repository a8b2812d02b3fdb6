with

chapters as (
    select * from {{ ref('stg_reference__hs_chapters') }}
),

seen as (
    select hs_code from {{ ref('fct_export_item') }} group by hs_code
    union
    select hs_code from {{ ref('fct_certificate_item') }} group by hs_code
),

levels as (
    {{ integers(1, 4) }}
),

-- Each code with the codes above it, and all chapters whether seen or not.
codes as (
    select left(seen.hs_code, cast(levels.number * 2 as integer)) as hs_code
    from seen
    inner join levels on length(seen.hs_code) >= levels.number * 2
    union
    select hs_code from chapters
),

known as (
    select
        codes.hs_code,
        cast(length(codes.hs_code) as integer) as hs_level,
        left(codes.hs_code, 2) as hs2_code,
        case when length(codes.hs_code) >= 4 then left(codes.hs_code, 4) end as hs4_code,
        case when length(codes.hs_code) >= 6 then left(codes.hs_code, 6) end as hs6_code,
        coalesce(chapters.product_name_id, 'Tidak diketahui') as chapter_name_id,
        coalesce(chapters.product_name_en, 'Unknown') as chapter_name_en
    from codes
    left join chapters on left(codes.hs_code, 2) = chapters.hs_code
),

final as (
    select * from known
    union all
    select
        '00' as hs_code,
        2 as hs_level,
        '00' as hs2_code,
        cast(null as varchar) as hs4_code,
        cast(null as varchar) as hs6_code,
        'Tidak diketahui' as chapter_name_id,
        'Unknown' as chapter_name_en
)

select * from final
