-- In which cities does one product make more than half of the gains of 2024?
-- Di kota/kabupaten mana satu barang membentuk lebih dari setengah kenaikan pada 2024?
with

gains as (
    select
        *,
        sum(case when change_usd > 0 then change_usd else 0 end) over (
            partition by basis, is_synthetic, region_code
        ) as all_gains_usd
    from mart_growth_contribution
    where year = 2024 and decomposition = 'product'
)

select basis, is_synthetic, region_code, member_key as hs6_code, change_usd, all_gains_usd, points
from gains
where change_usd > 0 and 2 * change_usd > all_gains_usd
order by basis, is_synthetic, region_code
