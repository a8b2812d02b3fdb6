-- Which single months of which cities changed most, up or down?
-- Bulan mana dari kota/kabupaten mana yang paling banyak berubah, naik atau turun?
with

ranked as (
    select
        *,
        row_number() over (
            partition by basis, is_synthetic
            order by abs(change_since_usd) desc, place_code, reference_month
        ) as place
    from mart_revision_triangle
    where place_level = 'city' and lag_months = 0
)

select
    ranked.basis,
    ranked.is_synthetic,
    regions.region_name,
    ranked.reference_month,
    ranked.fob_usd,
    ranked.latest_usd,
    ranked.change_since_usd,
    ranked.change_since_pct
from ranked
inner join dim_region as regions on ranked.place_code = regions.region_code
where ranked.place <= 10
order by ranked.basis, ranked.is_synthetic, ranked.place
