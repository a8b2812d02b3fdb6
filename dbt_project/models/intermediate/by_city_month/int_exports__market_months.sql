{{ exports_by_city_month('destination_country_code') }}
