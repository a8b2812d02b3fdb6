"""One clean row of each gated staging table, with the columns that dbt gives it, and what the gate compares it with."""

import re

import duckdb

from lumbung.contracts import contract_of
from lumbung.lake.home import PROJECT

RUN_DATE = "2024-07-01"
STAGING_FEEDS = {
    "stg_peb__items": "peb", "stg_ska__items": "ska", "stg_reports__figures": "reported_figure",
    "stg_exhibition__participations": "exhibition_participation", "stg_bps__export_totals": "bps_export_total",
    "stg_roster__businesses": "agency_roster", "stg_register__exporters": "exporter_register",
    "stg_enrolment__members": "programme_enrolment", "stg_programme__targets": "programme_target",
    "stg_readiness__visits": "readiness_assessment", "stg_buyers__leads": "buyer_lead",
    "stg_kmk__exchange_rates": "exchange_rate"}

# SQL of one clean row; `n` is the row's number. Columns left out are null.
CLEAN = {
    "stg_peb__items": {
        "nomor_aju": "'050130ABCDEF20240105' || lpad(n::varchar, 6, '0')", "office_code": "'050100'",
        "registration_number": "n::varchar", "registered_on": "date '2024-01-06'",
        "estimated_export_on": "date '2024-01-08'", "export_type_code": "'1'",
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
        "participant_kind": "'business'", "participants": "1", "region_code": "'32.76'", "funding_source": "'apbd'",
        "is_synthetic": "false"},
    "stg_bps__export_totals": {
        "export_month": "'2024-01'", "bps_province_code": "'32'", "counted_at": "'origin'",
        "commodity_group": "'non_oil_gas'", "stated_value": "3120.45", "value_unit": "'million_usd'",
        "figure_status": "'final'", "published_on": "date '2024-03-15'", "publication": "'Berita'",
        "is_synthetic": "false"},
    "stg_reports__figures": {
        "figure_id": "'depok-' || n", "report_code": "'depok'", "report_title": "'Ekspor'",
        "stated_on": "date '2021-09-15'", "subject": "'IKM'", "measure": "'participants'", "value": "13",
        "value_precision": "'exact'", "as_stated": "'13 IKM'", "is_synthetic": "false"},
    "stg_roster__businesses": {
        "as_of": "date '2024-01-01'", "roster_number": "n", "business_name": "'CV BUATAN'", "region_code": "'32.76'",
        "kbli_code": "'16291'", "registered_month": "'2019-05'", "workers_male": "4", "workers_female": "6",
        "investment_idr": "250000000", "revenue_idr": "400000000", "capacity_per_month": "1000",
        "capacity_unit": "'PCE'", "party_key": "'p1_a'", "is_synthetic": "true"},
    "stg_register__exporters": {
        "as_of": "date '2023-12-31'", "register_number": "n", "exporter_name": "'CV BUATAN'",
        "region_code": "'32.76'", "exporter_party_key": "'p1_a'", "is_synthetic": "true"},
    "stg_enrolment__members": {
        "programme_code": "'CBP-2023'", "enrolment_number": "n", "recorded_on": "date '2023-12-15'",
        "business_name": "'CV BUATAN'", "region_code": "'32.76'", "listed_on": "date '2022-12-15'",
        "enrolled_on": "date '2023-02-01'", "trained_on": "date '2023-03-21'", "enrolment_status": "'trained'",
        "funding_source": "'apbd'", "party_key": "'p1_a'", "is_synthetic": "true"},
    "stg_programme__targets": {
        "target_id": "'target-' || n", "area_number": "0", "programme_code": "'CBP-2023'",
        "programme_name": "'Pelatihan'", "target_year": "2023", "region_code": "'32'", "measure": "'participants'",
        "target_value": "100", "unit": "'IKM'", "value_precision": "'exact'", "stated_on": "date '2023-01-10'",
        "source_document": "'Edaran'", "is_synthetic": "true"},
    "stg_readiness__visits": {
        "visit_id": "'visit-' || n", "visited_on": "date '2024-03-25'", "business_name": "'CV BUATAN'",
        "region_code": "'32.76'", "capacity_per_month": "1000", "demand_per_month": "900", "capacity_unit": "'KGM'",
        "party_key": "'p1_a'", "is_synthetic": "true"},
    "stg_buyers__leads": {
        "lead_id": "'lead-' || n", "event_code": "'INACRAFT-2023-1'", "recorded_on": "date '2023-03-06'",
        "business_name": "'CV BUATAN'", "region_code": "'32.76'", "buyer_country_as_stated": "'Jepang'",
        "buyer_country_code": "'JP'", "stage": "'order'", "lead_value": "2100", "currency": "'USD'",
        "party_key": "'p1_a'", "is_synthetic": "true"},
    "stg_kmk__exchange_rates": {
        "kmk_number": "'KMK ' || n", "valid_from": "date '2021-01-06' + 7 * n::integer",
        "valid_to": "date '2021-01-12' + 7 * n::integer", "currency": "'USD'", "unit": "1", "rate_idr": "14300",
        "is_synthetic": "false"},
}
TRACE = {"load_id": "load_id", "sheet": "''", "row_number": "n::bigint", "piece": "0"}


def columns_of(table: str) -> list[str]:
    """The columns that the model gives, read from its SQL."""
    text = (PROJECT / "dbt_project" / "models" / "staging" / f"{table}.sql").read_text()
    listed = re.search(r"renamed as \(\s+select(.*?)from source", text, re.DOTALL)[1]
    return [line.split()[-1].rstrip(",") for line in listed.strip().splitlines()]


def staging_table(connection: duckdb.DuckDBPyConnection, table: str, loads: list[str]) -> None:
    """Make a staging table with one clean row a load; row numbers count from 1, and each load is of its own agency."""
    compared_with(connection)
    clean, feed = CLEAN[table], STAGING_FEEDS[table]
    kinds = dict(contract_of(feed).warehouse_columns)
    columns = ", ".join(f"({(TRACE | clean).get(name, 'null')})::{kinds[name]} as {name}" if name in kinds
                        else f"{TRACE[name]} as {name}" for name in columns_of(table))
    connection.execute("create or replace temp table sent as select unnest(?::varchar[]) as load_id, "
                       "unnest(range(1, ?)) as n", [loads, len(loads) + 1])
    connection.execute(f"create table staging.{table} as select {columns} from sent order by n")
    connection.execute(f"insert into control.loads select load_id, '{feed}', load_id, load_id || '.csv' from sent "
                       "where load_id not in (select load_id from control.loads)")


def compared_with(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the run and the lists that staging is compared with, as dbt makes them of the seeds; once a database."""
    if connection.execute("select 1 from duckdb_tables() where schema_name || '.' || table_name = 'control.run'"
                          ).fetchall():
        return
    seeds = PROJECT / "seeds"
    for schema in ("staging", "control"):
        connection.execute(f"create schema if not exists {schema}")
    connection.execute(f"create table control.run as select 'run-1' as run_id, date '{RUN_DATE}' as run_date")
    connection.execute(
        "create table control.loads (load_id varchar, feed varchar, agency varchar, file_name varchar)")
    for table, seed, columns in (
            ("regions", "ref_regions", "region_code"), ("region_changes", "ref_region_changes", "old_code"),
            ("countries", "ref_countries", "country_code"), ("currencies", "ref_currencies", "currency"),
            ("funding_sources", "ref_funding_sources", "funding_source_code"),
            ("hs_chapters", "ref_hs_chapters", "hs_code"),
            ("bps_provinces", "ref_bps_provinces", "bps_code as bps_province_code")):
        connection.execute(f"create table staging.stg_reference__{table} as select {columns} "
                           f"from read_csv('{seeds / seed}.csv', all_varchar = true)")
    connection.execute(f"""create table staging.stg_reference__ecb_rates as
        select rate_date, upper(currency) as currency, units_per_eur::decimal(18, 6) as units_per_eur
        from (unpivot read_csv('{seeds}/ref_ecb_rates.csv') on columns(* exclude (rate_date))
              into name currency value units_per_eur)""")
