{%- set currencies = [
    'usd', 'idr', 'jpy', 'aud', 'sgd', 'cny', 'krw', 'gbp', 'myr', 'hkd', 'thb', 'inr', 'chf', 'cad', 'nzd'] %}
with

source as (
    select * from {{ ref('ref_ecb_rates') }}
),

lengthened as (
    {% for currency in currencies -%}
        select rate_date, '{{ currency | upper }}' as currency, {{ currency }} as units_per_eur
        from source
        where {{ currency }} is not null
        union all
    {% endfor -%}
    select rate_date, 'EUR' as currency, cast(1 as decimal(18, 6)) as units_per_eur
    from source
)

select * from lengthened
