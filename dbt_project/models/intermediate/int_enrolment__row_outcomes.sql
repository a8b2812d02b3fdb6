{{ row_outcomes('programme_enrolment') }}
