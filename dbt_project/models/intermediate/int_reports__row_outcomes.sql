{{ row_outcomes('reported_figure') }}
