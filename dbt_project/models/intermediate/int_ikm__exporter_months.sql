with

exporter_months as (
    select *, {{ month_index('export_month') }} as month_index from {{ ref('int_exports__exporter_months') }}
    where is_in_scope
),

roster_lines as (
    select * from {{ ref('int_ikm__roster_lines') }}
),

members as (
    select distinct is_synthetic, party_key, first_index, end_index
    from roster_lines
    where party_key is not null
),

cities as (
    select distinct is_synthetic, region_code, first_index, end_index
    from roster_lines
    where region_code is not null
),

member_months as (
    select distinct
        exporter_months.is_synthetic,
        exporter_months.exporter_party_key,
        exporter_months.month_index
    from exporter_months
    inner join members
        on
            exporter_months.is_synthetic = members.is_synthetic
            and exporter_months.exporter_party_key = members.party_key
            and exporter_months.month_index >= members.first_index
            and (members.end_index is null or exporter_months.month_index < members.end_index)
),

city_months as (
    select distinct
        exporter_months.is_synthetic,
        exporter_months.region_code,
        exporter_months.month_index
    from (select distinct is_synthetic, region_code, month_index from exporter_months) as exporter_months
    inner join cities
        on
            exporter_months.is_synthetic = cities.is_synthetic
            and exporter_months.region_code = cities.region_code
            and exporter_months.month_index >= cities.first_index
            and (cities.end_index is null or exporter_months.month_index < cities.end_index)
),

-- Whoever is in no roster is no IKM only where a roster of the city was there to stand in.
final as (
    select
        exporter_months.basis,
        exporter_months.is_synthetic,
        exporter_months.region_code,
        exporter_months.export_month,
        {{ hash_of(['exporter_months.exporter_party_key']) }} as exporter_hash,
        case
            when exporter_months.exporter_party_key = 'unknown' then 'unknown_exporter'
            when member_months.month_index is not null then 'ikm'
            when city_months.month_index is not null then 'not_ikm'
            else 'no_roster'
        end as exporter_kind,
        coalesce(exporter_months.fob_usd, 0) as fob_usd,
        exporter_months.items_without_rate
    from exporter_months
    left join member_months
        on
            exporter_months.is_synthetic = member_months.is_synthetic
            and exporter_months.exporter_party_key = member_months.exporter_party_key
            and exporter_months.month_index = member_months.month_index
    left join city_months
        on
            exporter_months.is_synthetic = city_months.is_synthetic
            and exporter_months.region_code = city_months.region_code
            and exporter_months.month_index = city_months.month_index
)

select * from final
