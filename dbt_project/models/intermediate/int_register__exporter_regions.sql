with

exporters as (
    select * from {{ ref('stg_register__exporters') }}
),

region_codes as (
    select * from {{ ref('int_reference__region_codes') }}
),

-- An edition replaces the whole register of its office.
newest_editions as (
    {{ counted_rows('exporter_register', 'exporters') }}
),

-- An exporter in the registers of two offices: the later edition says where it is.
final as (
    select
        newest_editions.is_synthetic,
        newest_editions.exporter_party_key,
        newest_editions.exporter_name,
        region_codes.region_code,
        newest_editions.as_of
    from newest_editions
    inner join region_codes on newest_editions.region_code = region_codes.stated_region_code
    where newest_editions.exporter_party_key is not null
    qualify row_number() over (
        partition by newest_editions.is_synthetic, newest_editions.exporter_party_key
        order by newest_editions.as_of desc, region_codes.region_code, newest_editions.exporter_name
    ) = 1
)

select * from final
