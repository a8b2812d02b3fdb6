{{ set_aside_items(
    items=ref('stg_ska__items'),
    document='certificate_number',
    version=['amended_on'],
    newest_by=['amended_on', 'issued_on'],
    settled_by=["status in ('cancelled', 'replaced')"],
    is_out="status in ('cancelled', 'replaced')",
    replaces='replaces_number',
    content=['item_number', 'form', 'status', 'currency', 'hs_code', 'item_value', 'value_basis', 'quantity',
        'net_weight_kg', 'exporter_region_code', 'destination_country_code', 'exporter_party_key']) }}
