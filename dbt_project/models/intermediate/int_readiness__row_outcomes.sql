{{ row_outcomes('readiness_assessment') }}
