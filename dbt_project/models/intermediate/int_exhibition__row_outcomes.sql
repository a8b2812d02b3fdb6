{{ row_outcomes('exhibition_participation') }}
