{# Changed city-months of makers, as two CTEs: `maker_items`, rows of item and maker where makers are named, and
   `their_own`, months of exporters who sent what they made, as far as anybody says. The two have no party in common. #}
{% macro months_of_makers() -%}
maker_items as (
    {{ of_changed_months(ref('int_exports__maker_items')) }}
),

exporter_months as (
    {{ of_changed_months(ref('int_exports__exporter_months')) }}
),

not_all_their_own as (
    select basis, is_synthetic, region_code, export_month, exporter_party_key as party_key from maker_items
    union
    select basis, is_synthetic, region_code, export_month, maker_party_key as party_key from maker_items
),

-- What these sent they made, as far as anybody says.
their_own as (
    select exporter_months.*
    from exporter_months
    left join not_all_their_own
        on
            exporter_months.basis = not_all_their_own.basis
            and exporter_months.is_synthetic = not_all_their_own.is_synthetic
            and exporter_months.region_code = not_all_their_own.region_code
            and exporter_months.export_month = not_all_their_own.export_month
            and exporter_months.exporter_party_key = not_all_their_own.party_key
    where not_all_their_own.party_key is null
)
{%- endmacro %}
