-- What does a report say, in its own words, and how exact is each figure?
-- Apa yang dikatakan sebuah laporan, menurut kata-katanya sendiri, dan seberapa pasti tiap angkanya?
select report_title, is_synthetic, subject, value, value_text, unit, value_precision, as_stated, data_note
from fct_reported_figure
where report_code = 'laporan-000'
order by figure_id
