{{ row_outcomes('buyer_lead') }}
