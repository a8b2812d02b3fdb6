{{ row_outcomes('peb') }}
