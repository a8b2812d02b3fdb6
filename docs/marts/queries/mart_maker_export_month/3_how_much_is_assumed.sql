-- How much of a year's exports is known by maker, and how much was divided by assumption?
-- Berapa ekspor setahun yang produsennya diketahui, dan berapa yang dibagi menurut asumsi?
select
    basis,
    is_synthetic,
    year(month) as year,
    allocation_method,
    sum(fob_usd) as fob_usd,
    sum(allocated_by_assumption_usd) as allocated_by_assumption_usd
from mart_maker_export_month
group by basis, is_synthetic, year(month), allocation_method
order by basis, is_synthetic, year, allocation_method
