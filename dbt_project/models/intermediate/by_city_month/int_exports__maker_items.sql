{#- Items whose makers are named, a row a maker, and what else those makers and exporters sent from the city in the
   month. Whoever is not here sent what it made: nearly all do, and their months are those of exporters. -#}
with

exports as (
    {{ of_changed_city_months(ref('int_exports')) }}
),

owned as (
    select
        'peb' as basis,
        is_synthetic,
        region_code,
        registered_on as export_date,
        {{ month_of('registered_on') }} as export_month,
        is_in_scope,
        nomor_aju as document_number,
        exporter_party_key,
        maker_party_key,
        allocation_method,
        is_assumed,
        fob_usd,
        fob_idr,
        fob_usd is null as lacks_rate
    from {{ ref('bridge_export_item_producer') }}
),

named as (
    {{ of_changed_city_months('owned') }}
    union all
    select
        basis,
        is_synthetic,
        region_code,
        export_date,
        export_month,
        is_in_scope,
        document_number,
        exporter_party_key,
        maker_party_key,
        'named_maker' as allocation_method,
        false as is_assumed,
        fob_usd,
        fob_idr,
        lacks_rate
    from exports
    where basis = 'ska' and names_maker
),

parties as (
    select basis, is_synthetic, region_code, export_month, exporter_party_key as party_key from named
    union
    select basis, is_synthetic, region_code, export_month, maker_party_key as party_key from named
),

their_own as (
    select
        exports.basis,
        exports.is_synthetic,
        exports.region_code,
        exports.export_date,
        exports.export_month,
        exports.is_in_scope,
        exports.document_number,
        exports.exporter_party_key,
        exports.exporter_party_key as maker_party_key,
        'exporter_of_record' as allocation_method,
        false as is_assumed,
        exports.fob_usd,
        exports.fob_idr,
        exports.lacks_rate
    from exports
    inner join parties
        on
            exports.basis = parties.basis
            and exports.is_synthetic = parties.is_synthetic
            and exports.region_code = parties.region_code
            and exports.export_month = parties.export_month
            and exports.exporter_party_key = parties.party_key
    where not exports.names_maker
),

final as (
    select * from named
    union all
    select * from their_own
)

select * from final
