"""Clean makers beside the marts of `clean_marts`: two owners have the second item of each third exporter."""

import duckdb

OWNED = "exporter_party_key like 'p1__3' and item_number = 2"

MAKERS = f"""
alter table marts.fct_export_item add column named_owners integer;
update marts.fct_export_item set named_owners = if({OWNED}, 2, 0);
create table marts.bridge_export_item_producer as
    select nomor_aju, item_number, 'p1_maker_' || maker as maker_party_key, exporter_party_key, registered_on,
        region_code, destination_country_code, hs_code, is_in_scope,
        if(region_code = '32.01', 'declared_value', 'equal_share') as allocation_method,
        region_code <> '32.01' as is_assumed,
        if(region_code = '32.01', stated_fob / 2, null)::decimal(24, 2) as declared_fob, currency,
        (stated_fob / 2)::decimal(24, 2) as stated_fob, (fob_usd / 2)::decimal(18, 2) as fob_usd,
        (fob_idr / 2)::decimal(18, 2) as fob_idr, 50::decimal(24, 4) as share_pct, is_synthetic, has_conflict, load_id,
        sheet, row_number, piece
    from marts.fct_export_item, range(1, 3) as m (maker) where named_owners > 0;
create table marts.mart_maker_export_month as
    with makers as (
        select 'peb' as basis, is_synthetic, registered_on as day, region_code, exporter_party_key as maker_party_key,
            exporter_party_key, 'exporter_of_record' as allocation_method, false as is_assumed, fob_usd, fob_idr,
            nomor_aju as document
        from marts.fct_export_item where named_owners = 0 union all
        select 'peb', is_synthetic, registered_on, region_code, maker_party_key, exporter_party_key, allocation_method,
            is_assumed, fob_usd, fob_idr, nomor_aju
        from marts.bridge_export_item_producer union all
        select 'ska', is_synthetic, issued_on, region_code, 'p1_maker_1', exporter_party_key, 'named_maker', false,
            value_usd, null, certificate_number
        from marts.fct_certificate_item)
    select basis, is_synthetic, date_trunc('month', day)::date as month, region_code, maker_party_key,
        exporter_party_key, allocation_method, is_assumed, 'ikm_' || maker_party_key as maker_ikm_id,
        'ikm_' || exporter_party_key as exporter_ikm_id, true as is_maker_identified, false as has_open_review,
        sum(fob_usd)::decimal(24, 2) as fob_usd,
        sum(if(is_assumed, fob_usd, 0))::decimal(24, 2) as allocated_by_assumption_usd,
        sum(fob_idr)::decimal(24, 2) as fob_idr, count(*) as items, count(distinct document) as documents
    from makers group by all;
insert into marts.bridge_party_business by name
    select distinct party_key, 'ikm_' || party_key as ikm_id, 'alone' as resolved_by, true as is_identified,
        false as has_open_review, 1 as parties, true as is_synthetic
    from (select maker_party_key as party_key from marts.mart_maker_export_month union
        select exporter_party_key from marts.mart_maker_export_month)
    where party_key not in (select party_key from marts.bridge_party_business);
update marts.mart_maker_export_month set maker_ikm_id = ikm_id
    from marts.bridge_party_business where party_key = maker_party_key;
update marts.mart_maker_export_month set exporter_ikm_id = ikm_id
    from marts.bridge_party_business where party_key = exporter_party_key;
"""


def make_makers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the bridge and the mart of makers, clean, after the facts and their dimensions."""
    connection.execute(MAKERS)


_BRIDGE, _MONTHS = "marts.bridge_export_item_producer", "marts.mart_maker_export_month"
_DECLARED = "where allocation_method = 'declared_value' and maker_party_key = 'p1_maker_1'"
_ONE = "where basis = 'peb' and allocation_method = 'equal_share' and maker_party_key = 'p1_maker_1'"

# (table, expectation) -> what spoils the whole
MAKER_FAULTS = {
    ("bridge_export_item_producer", "key_unique"): f"insert into {_BRIDGE} from {_BRIDGE} limit 1",
    ("bridge_export_item_producer", "load_id_in_dim_source_file"): f"update {_BRIDGE} set load_id = 'gone' {_DECLARED}",
    ("bridge_export_item_producer", "allocation_method_known"):
        f"update {_BRIDGE} set allocation_method = 'by_weight' {_DECLARED}",
    ("bridge_export_item_producer", "adds_up_to_items"): f"update {_BRIDGE} set fob_usd = fob_usd - 0.01 {_DECLARED}",
    ("bridge_export_item_producer", "share_is_of_the_item"): f"update {_BRIDGE} set share_pct = 50.0001 {_DECLARED}",
    ("bridge_export_item_producer", "single_owner_has_all"):
        f"update {_BRIDGE} set allocation_method = 'single_owner' {_DECLARED}",
    ("bridge_export_item_producer", "declared_value_is_declared"):
        f"update {_BRIDGE} set declared_fob = declared_fob + 0.01 {_DECLARED}",
    ("mart_maker_export_month", "key_unique"): f"insert into {_MONTHS} from {_MONTHS} limit 1",
    ("mart_maker_export_month", "basis_known"): f"update {_MONTHS} set basis = 'both' {_ONE}",
    ("mart_maker_export_month", "allocation_method_known"):
        f"update {_MONTHS} set allocation_method = 'by_weight' {_ONE}",
    ("mart_maker_export_month", "region_code_in_dim_region"): f"update {_MONTHS} set region_code = '??' {_ONE}",
    ("mart_maker_export_month", "assumed_is_all_or_nothing"):
        f"update {_MONTHS} set allocated_by_assumption_usd = 0 {_ONE}",
    ("mart_maker_export_month", "business_is_that_of_the_party"):
        f"update {_MONTHS} set maker_ikm_id = 'ikm_another' {_ONE}",
    ("mart_maker_export_month", "equals_month_mart"):
        f"insert into {_MONTHS} select * replace ('unknown' as maker_party_key) from {_MONTHS} {_ONE}",
    ("mart_maker_export_month", "equals_owned_items"): f"delete from {_BRIDGE} {_DECLARED}",
}
