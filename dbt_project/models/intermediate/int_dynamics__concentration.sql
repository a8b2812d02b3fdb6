with

product_months as (
    select * from {{ ref('int_exports__product_months') }}
    where is_in_scope
),

market_months as (
    select * from {{ ref('int_exports__market_months') }}
    where is_in_scope
),

places as (
    select * from {{ ref('int_reference__places') }}
    where place_level <> 'unknown'
),

split_months as (
    select
        'product' as split_by,
        basis,
        is_synthetic,
        region_code,
        export_month,
        hs6_code as part,
        fob_usd
    from product_months
    union all
    select
        'market' as split_by,
        basis,
        is_synthetic,
        region_code,
        export_month,
        destination_country_code as part,
        fob_usd
    from market_months
),

parts as (
    select
        split_months.split_by,
        split_months.basis,
        split_months.is_synthetic,
        places.place_level,
        places.place_code,
        year(split_months.export_month) as year,
        split_months.part,
        sum(coalesce(split_months.fob_usd, 0)) as fob_usd
    from split_months
    inner join places on split_months.region_code = places.region_code
    group by all
),

squared as (
    select
        *,
        {{ cents_to_square('fob_usd') }} as cents,
        {{ cents_to_square('sum(fob_usd) over whole') }} as total_cents
    from parts
    window whole as (partition by split_by, basis, is_synthetic, place_level, place_code, year)
),

indices as (
    select
        split_by,
        basis,
        is_synthetic,
        place_level,
        place_code,
        year,
        count(*) as parts,
        case
            when min(total_cents) > 0 then {{ herfindahl('sum(cents * cents)', 'min(total_cents)') }}
        end as hhi
    from squared
    group by split_by, basis, is_synthetic, place_level, place_code, year
),

final as (
    select
        basis,
        is_synthetic,
        place_level,
        place_code,
        year,
        max(parts) filter (where split_by = 'product') as products,
        max(hhi) filter (where split_by = 'product') as hhi_products,
        max(parts) filter (where split_by = 'market') as markets,
        max(hhi) filter (where split_by = 'market') as hhi_markets
    from indices
    group by basis, is_synthetic, place_level, place_code, year
)

select * from final
