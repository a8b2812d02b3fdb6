"""Gate staging, through `check`: each planted fault is found, with the load that brought it, and nothing else is."""

import json

import duckdb
import pytest
from clean_staging import CLEAN, STAGING_FEEDS, staging_table

from lumbung.gates import check
from lumbung.gates.checks import EXPECTATIONS

CLEAN_LOADS = ["clean-1", "clean-2"]

# expectation of a query -> what spoils one row
QUERY_FAULTS = {
    "nomor_aju_shape": "nomor_aju = '050130ABCDEF20241305000001'",
    "registered_not_before_submitted": "registered_on = date '2024-01-04'",
    "nomor_aju_document_code": "nomor_aju = '050120ABCDEF20240105999999'",
    "cancelled_not_before_submitted": "cancelled_on = date '2024-01-04'",
    "correction_keeps_exporter":
        "nomor_aju = '050130ABCDEF20240105000001', note_number = 1, exporter_party_key = 'p1_b'",
    "amended_not_before_issued": "amended_on = date '2024-01-05'",
    "value_has_currency": "currency = null",
    "value_agrees_with_basis": "value_basis = 'absent'",
    "does_not_replace_itself": "replaces_number = certificate_number",
    "ends_not_before_start": "ends_on = date '2023-02-28'",
    "one_business_is_one": "participants = 2",
    "range_in_order": "value_low = 2, value_high = 1",
    "something_is_stated": "value = null",
    "published_after_the_month": "published_on = date '2023-12-31'",
}


def suite_of(table: str) -> list[dict]:
    return json.loads((EXPECTATIONS / "staging" / f"{table}.json").read_text())["expectations"]


def fault_of(expectation: dict) -> str:
    """What spoils one row for a column check: nothing in it, too small, or not of its form."""
    kwargs, name = expectation["kwargs"], expectation["meta"]["name"]
    column = kwargs.get("column") or expectation["meta"].get("column")
    match expectation["type"]:
        case "expect_column_values_to_not_be_null":
            return f"{column} = null"
        case "expect_column_values_to_be_between":
            return f"{column} = {kwargs['min_value'] - (0 if kwargs.get('strict_min') else 1)}"
        case "expect_column_values_to_be_in_set":
            return f"{column} = 'mystery'"
        case _:
            return f"{column} = '?'" if column else QUERY_FAULTS[name]


@pytest.mark.parametrize("table", CLEAN)
def test_each_fault_is_found_with_its_load_and_clean_rows_pass(home, table):
    faults = {e["meta"]["name"]: fault_of(e) for e in suite_of(table)}
    spoilt = {name: f"bad-{name}" for name in faults}
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {table: [*CLEAN_LOADS, *spoilt.values()]})
        for name, fault in faults.items():
            connection.execute(f"update staging.{table} set {fault} where load_id = '{spoilt[name]}'")

    result = check(home, "run-1", "staging")

    found = {c.expectation: c for c in result.checks if c.table == f"staging.{table}"}
    assert set(found) == set(faults)
    for name, c in found.items():
        assert not c.success, name
        if name == "load_id_not_null":
            assert c.load_ids == []
        else:
            assert spoilt[name] in c.load_ids, name
        assert not set(c.load_ids) & set(CLEAN_LOADS), name
        assert c.unexpected_count >= 1
        assert c.reason


def test_clean_tables_pass_without_a_warning(home):
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
    result = check(home, "run-1", "staging")
    assert [c for c in result.checks if not c.success] == []
    assert {c.table for c in result.checks} == {f"staging.{table}" for table in CLEAN}


def test_missing_table_stops_the_run(home):
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
        connection.execute("drop table staging.stg_ska__items")
    failures = check(home, "run-1", "staging").failures
    assert [(c.table, c.expectation) for c in failures] == [("staging.stg_ska__items", "table_is_there")]


def test_missing_column_stops_the_run(home):
    """A check that can't be run has found nothing out, so it never counts as passed."""
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
        connection.execute("alter table staging.stg_reports__figures drop column value_text")
        connection.execute("alter table staging.stg_ska__items drop column status")
    failures = {c.expectation: c for c in check(home, "run-1", "staging").failures}
    assert {"something_is_stated", "status_known", "status_not_null"} <= set(failures)
    assert "could not be run" in failures["status_known"].observed


def test_keys_are_kept_and_values_are_not(home):
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {"stg_peb__items": [f"load-{n:03}" for n in range(250)]})
        connection.execute("update staging.stg_peb__items set item_fob = -12345.67")
    failure = next(c for c in check(home, "run-1", "staging").failures if c.expectation == "item_fob_at_least_0")
    assert failure.unexpected_count == 250
    assert len(failure.load_ids) == 250            # uncapped: every one of them is to be withdrawn
    assert len(failure.unexpected_keys) == 20
    assert set(failure.unexpected_keys[0]) == {"nomor_aju", "item_number", "row_number"}
    assert "12345" not in (home.run("run-1") / "gates" / "staging.json").read_text()


def make(connection: duckdb.DuckDBPyConnection, loads: dict[str, list[str]]) -> None:
    connection.execute("create schema staging")
    for table in STAGING_FEEDS:
        staging_table(connection, table, loads.get(table, CLEAN_LOADS))
