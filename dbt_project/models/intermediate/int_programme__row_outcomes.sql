{{ row_outcomes('programme_target') }}
