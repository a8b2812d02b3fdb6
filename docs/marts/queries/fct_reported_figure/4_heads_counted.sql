-- How many makers and participants do reports count, by place?
-- Berapa pelaku IKM dan peserta yang disebut laporan, menurut tempatnya?
select
    figures.is_synthetic,
    regions.region_name,
    figures.subject,
    figures.measure,
    figures.value,
    figures.unit,
    figures.value_precision,
    figures.as_stated
from fct_reported_figure as figures
inner join dim_region as regions on figures.region_code = regions.region_code
where figures.unit in ('IKM', 'pengrajin') and figures.value_precision <> 'hypothetical'
order by figures.is_synthetic, regions.region_name, figures.figure_id
