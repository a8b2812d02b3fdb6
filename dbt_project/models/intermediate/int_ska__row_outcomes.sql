{{ row_outcomes('ska') }}
