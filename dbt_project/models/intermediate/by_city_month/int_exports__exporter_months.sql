{{ exports_by_city_month('exporter_party_key', tells_first=true) }}
