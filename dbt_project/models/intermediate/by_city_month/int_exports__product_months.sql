{{ exports_by_city_month('hs6_code') }}
