"""What the clean facts were made with, and documents in versions; and what spoils them."""

import duckdb

RATE, PLACE, VERSION = "marts.dim_exchange_rate", "marts.dim_exporter_region", "marts.mart_document_version"

APPLIED = f"""
create table {RATE} as
    select distinct rate_source, currency, registered_on as day, rate_date, 2::decimal(38, 0) as usd_numerator,
        3::decimal(38, 0) as usd_denominator, true as is_synthetic
    from marts.fct_export_item where rate_source <> 'stated';
alter table marts.fct_certificate_item add column region_source varchar default 'register';
create table {PLACE} as
    select distinct exporter_party_key, is_synthetic, region_code, date '2023-01-01' as as_of
    from marts.fct_certificate_item;
insert into {PLACE} values ('p1_other', true, '32.02', date '2023-01-01');
create table {VERSION} as
    select feed, true as is_synthetic, 'a' as document_key, version_key, load_id, outcome,
        'b' as replaces_document_key, false as is_contradicted, 1::bigint as document_rows
    from control.loads, (values ('', 'superseded'), ('1', 'current')) as versions (version_key, outcome);
"""

APPLIED_FAULTS = {
    ("dim_exchange_rate", "key_unique"): f"insert into {RATE} from {RATE} limit 1",
    ("dim_exchange_rate", "rates_of_peb_facts"): f"update {RATE} set rate_date = rate_date - 1",
    ("dim_exchange_rate", "rates_of_ska_facts"):
        "update marts.fct_certificate_item set rate_source = 'ecb', rate_date = issued_on where row_number = 1",
    ("dim_exporter_region", "key_unique"): f"insert into {PLACE} from {PLACE}",
    ("dim_exporter_region", "region_code_in_dim_region"):
        f"update {PLACE} set region_code = '99.99' where exporter_party_key = 'p1_other'",
    ("dim_exporter_region", "regions_of_facts"):
        f"update {PLACE} set region_code = '32.03' where exporter_party_key = 'unknown'",
    ("mart_document_version", "key_unique"): f"insert into {VERSION} from {VERSION}",
    ("mart_document_version", "feed_known"): f"update {VERSION} set feed = 'roster' where version_key = '1'",
    ("mart_document_version", "outcome_known"): f"update {VERSION} set outcome = 'duplicate' where version_key = '1'",
    ("mart_document_version", "load_id_in_loads"):
        f"update {VERSION} set load_id = 'load-z' where version_key = '1'",
    ("mart_document_version", "replaces_another"):
        f"update {VERSION} set replaces_document_key = 'a' where version_key = '1'",
}


def make_applied(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what a later release is compared by."""
    connection.execute(APPLIED)
