{{ row_outcomes('agency_roster') }}
