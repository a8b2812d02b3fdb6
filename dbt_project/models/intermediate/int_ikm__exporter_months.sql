with

business_months as (
    select *, {{ month_index('export_month') }} as month_index from {{ ref('int_exports__business_months') }}
    where is_in_scope
),

roster_lines as (
    select * from {{ ref('int_ikm__roster_lines') }}
),

businesses as (
    select * from {{ ref('bridge_party_business') }}
),

members as (
    select distinct
        roster_lines.is_synthetic,
        businesses.ikm_id,
        roster_lines.first_index,
        roster_lines.end_index
    from roster_lines
    inner join businesses on roster_lines.party_key = businesses.party_key
),

cities as (
    select distinct is_synthetic, region_code, first_index, end_index
    from roster_lines
    where region_code is not null
),

member_months as (
    select distinct
        business_months.is_synthetic,
        business_months.ikm_id,
        business_months.month_index
    from business_months
    inner join members
        on
            business_months.is_synthetic = members.is_synthetic
            and business_months.ikm_id = members.ikm_id
            and business_months.month_index >= members.first_index
            and (members.end_index is null or business_months.month_index < members.end_index)
),

city_months as (
    select distinct
        business_months.is_synthetic,
        business_months.region_code,
        business_months.month_index
    from (select distinct is_synthetic, region_code, month_index from business_months) as business_months
    inner join cities
        on
            business_months.is_synthetic = cities.is_synthetic
            and business_months.region_code = cities.region_code
            and business_months.month_index >= cities.first_index
            and (cities.end_index is null or business_months.month_index < cities.end_index)
),

-- Whoever is in no roster is no IKM only where a roster of the city was there to stand in.
final as (
    select
        business_months.basis,
        business_months.is_synthetic,
        business_months.region_code,
        business_months.export_month,
        {{ hash_of(['business_months.ikm_id']) }} as exporter_hash,
        case
            when business_months.ikm_id = 'unknown' then 'unknown_exporter'
            when member_months.month_index is not null then 'ikm'
            when city_months.month_index is not null then 'not_ikm'
            else 'no_roster'
        end as exporter_kind,
        business_months.is_resolved,
        coalesce(business_months.fob_usd, 0) as fob_usd,
        business_months.items_without_rate
    from business_months
    left join member_months
        on
            business_months.is_synthetic = member_months.is_synthetic
            and business_months.ikm_id = member_months.ikm_id
            and business_months.month_index = member_months.month_index
    left join city_months
        on
            business_months.is_synthetic = city_months.is_synthetic
            and business_months.region_code = city_months.region_code
            and business_months.month_index = city_months.month_index
)

select * from final
