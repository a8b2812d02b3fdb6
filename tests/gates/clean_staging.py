"""One clean row of each gated staging table, with the columns that dbt gives it."""

import duckdb

from lumbung.contracts import contract_of

STAGING_FEEDS = {
    "stg_peb__items": "peb", "stg_ska__items": "ska", "stg_reports__figures": "reported_figure",
    "stg_exhibition__participations": "exhibition_participation", "stg_bps__export_totals": "bps_export_total"}

# SQL of one clean row; `n` is the row's number. Columns left out are null.
CLEAN = {
    "stg_peb__items": {
        "nomor_aju": "'050130ABCDEF20240105' || lpad(n::varchar, 6, '0')", "office_code": "'050100'",
        "registration_number": "n::varchar", "registered_on": "date '2024-01-06'", "export_type_code": "'1'",
        "destination_country_code": "'AU'", "currency": "'AUD'", "ndpbm": "10528.54", "header_fob": "100",
        "exporter_name": "'CV BUATAN'", "exporter_party_key": "'p1_a'", "item_number": "1",
        "hs_code": "'44201000'",
        "item_fob": "100", "quantity": "1", "net_weight_kg": "1", "origin_region_code": "'32.76'",
        "origin_country_code": "'ID'", "is_synthetic": "true"},
    "stg_ska__items": {
        "certificate_number": "n || '/BDG/2024'", "form": "'D'", "issuer_code": "'BDG'",
        "issued_on": "date '2024-01-06'", "status": "'issued'", "exporter_name": "'CV BUATAN'",
        "exporter_party_key": "'p1_a'",
        "exporter_region_code": "'32.76'", "destination_country_code": "'JP'", "item_number": "1",
        "hs_code": "'442010'", "item_value": "100", "currency": "'USD'", "value_basis": "'fob'",
        "is_synthetic": "true"},
    "stg_exhibition__participations": {
        "event_code": "'INACRAFT-2023-1'", "participation_number": "n", "event_name": "'Inacraft'",
        "starts_on": "date '2023-03-01'", "ends_on": "date '2023-03-05'", "recorded_on": "date '2023-03-06'",
        "participant_kind": "'business'", "participants": "1", "is_synthetic": "false"},
    "stg_bps__export_totals": {
        "export_month": "'2024-01'", "bps_province_code": "'32'", "counted_at": "'origin'",
        "commodity_group": "'non_oil_gas'", "stated_value": "3120.45", "value_unit": "'million_usd'",
        "figure_status": "'final'", "published_on": "date '2024-03-15'", "publication": "'Berita'",
        "is_synthetic": "false"},
    "stg_reports__figures": {
        "figure_id": "'depok-' || n", "report_code": "'depok'", "report_title": "'Ekspor'",
        "stated_on": "date '2021-09-15'", "subject": "'IKM'", "measure": "'participants'", "value": "13",
        "value_precision": "'exact'",
        "as_stated": "'13 IKM'", "is_synthetic": "false"},
}


def staging_table(connection: duckdb.DuckDBPyConnection, table: str, loads: list[str]) -> None:
    """Make a staging table with one clean row a load; row numbers count from 1."""
    clean = CLEAN[table]
    columns = ", ".join(f"({clean.get(name, 'null')})::{kind} as {name}"
                        for name, kind in contract_of(STAGING_FEEDS[table]).warehouse_columns)
    connection.execute("create table loads as select unnest(?::varchar[]) as load_id, unnest(range(1, ?)) as n",
                       [loads, len(loads) + 1])
    connection.execute(f"create table staging.{table} as select {columns}, load_id, '' as sheet, "
                       "n::bigint as row_number, 0 as piece from loads order by n")
    connection.execute("drop table loads")
