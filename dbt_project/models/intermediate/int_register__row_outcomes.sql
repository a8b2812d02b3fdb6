{{ row_outcomes('exporter_register') }}
