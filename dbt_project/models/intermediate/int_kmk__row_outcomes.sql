{{ row_outcomes('exchange_rate') }}
