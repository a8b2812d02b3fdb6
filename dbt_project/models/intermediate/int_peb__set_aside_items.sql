{{ set_aside_items(
    items=ref('stg_peb__items'),
    document='nomor_aju',
    version=['note_number'],
    newest_by=['note_date', 'note_number'],
    settled_by=['cancelled_on', 'registered_on'],
    is_out='cancelled_on is not null',
    replaces='replaces_nomor_aju',
    content=['item_number', 'registration_number', 'registered_on', 'cancelled_on', 'currency', 'ndpbm', 'hs_code',
        'item_fob', 'quantity', 'net_weight_kg', 'origin_region_code', 'destination_country_code',
        'exporter_party_key']) }}
