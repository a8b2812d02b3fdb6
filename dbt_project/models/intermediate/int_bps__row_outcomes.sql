{{ row_outcomes('bps_export_total') }}
