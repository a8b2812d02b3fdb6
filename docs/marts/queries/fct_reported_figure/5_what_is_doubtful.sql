-- What is doubtful about the figures, and where does each stand in which file?
-- Apa yang meragukan pada angka-angka itu, dan di berkas serta baris mana masing-masing tercantum?
select figures.is_synthetic, figures.figure_id, figures.subject, figures.data_note, files.file_name, figures.row_number
from fct_reported_figure as figures
inner join dim_source_file as files on figures.load_id = files.load_id
where figures.data_note is not null
order by figures.is_synthetic, figures.figure_id
