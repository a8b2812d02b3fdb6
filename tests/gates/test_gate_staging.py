"""Gate staging, through `check`: each planted fault is found, with the load that brought it, and nothing else is."""

import json

import duckdb
import pytest
from clean_staging import CLEAN, STAGING_FEEDS, staging_table
from staging_faults import fault_of

from lumbung.contracts import contract_of
from lumbung.gates import check
from lumbung.gates.checks import EXPECTATIONS
from lumbung.lake.home import Home

CLEAN_LOADS = ["clean-1", "clean-2"]
# An agency that sent more than once is asked for news.
LATE = ["bad-fresh", "bad-fresh-again"]


def suite_of(table: str) -> list[dict]:
    return json.loads((EXPECTATIONS / "staging" / f"{table}.json").read_text())["expectations"]


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """Table -> expectation -> what was found, of tables with one load for each fault and two clean ones.

    An entry of a suite for which no fault is planted raises KeyError or StopIteration here.
    """
    home = Home(tmp_path_factory.mktemp("spoilt") / "home").make()
    with duckdb.connect(str(home.build_database)) as connection:
        for table, feed in STAGING_FEEDS.items():
            plant(connection, table, feed, {
                e["meta"]["name"]: fault_of(table, e, contract_of(feed).period_column) for e in suite_of(table)})
    found = {table: {} for table in STAGING_FEEDS}
    for c in check(home, "run-1", "staging").checks:
        found[c.table.removeprefix("staging.")][c.expectation] = c
    return found


def plant(connection: duckdb.DuckDBPyConnection, table: str, feed: str, faults: dict[str, str]) -> None:
    staging_table(connection, table, [*CLEAN_LOADS, *(f"bad-{name}" for name in faults), LATE[1]])
    for name, fault in faults.items():
        for load in LATE if name == "fresh" else [f"bad-{name}"]:
            connection.execute(
                fault.format(table=f"staging.{table}", load=load) if fault.startswith("insert") else
                f"update staging.{table} set {fault} where load_id = '{load}'")
    connection.execute("update control.loads set agency = 'late' where load_id in (select unnest(?))", [LATE])


@pytest.mark.parametrize("table", CLEAN)
def test_each_fault_is_found_with_its_load_and_clean_rows_pass(spoilt, table):
    found = spoilt[table]
    assert set(found) == {e["meta"]["name"] for e in suite_of(table)}
    for name, c in found.items():
        assert not c.success, name
        assert c.observed is None, name            # it was run, and found rows
        if name == "fresh":
            assert [m["agency"] for m in c.measured if m["observed"] > c.at_most] == ["late"]
        elif name == "load_id_not_null":
            assert c.load_ids == []
        else:
            assert f"bad-{name}" in c.load_ids, name
        assert not set(c.load_ids) & set(CLEAN_LOADS), name
        assert c.unexpected_count >= 1
        assert c.reason.endswith("."), name


def test_clean_tables_pass_without_a_warning(home):
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
    result = check(home, "run-1", "staging")
    assert [c for c in result.checks if not c.success] == []
    assert {c.table for c in result.checks} == {f"staging.{table}" for table in CLEAN}


def test_every_table_of_a_feed_is_gated():
    """A feed whose rows enter the warehouse has a suite over its staging table."""
    gated = {json.loads(path.read_text())["meta"]["feed"] for path in (EXPECTATIONS / "staging").glob("*.json")}
    assert gated == set(STAGING_FEEDS.values()) == {path.stem for path in (EXPECTATIONS / "raw").glob("*.json")
                                                    if path.stem != "load_profile"}


def test_an_agency_that_came_lately_is_measured_and_passes(home):
    """Also in a run that brings nothing of the feed."""
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
        connection.execute("create schema changed")
        connection.execute("create table changed.stg_peb__items as from staging.stg_peb__items limit 0")
        connection.execute("update control.loads set agency = 'bea-cukai'")
        connection.execute("update staging.stg_peb__items set is_synthetic = false, registered_on = date '2024-05-01'")
    fresh = next(c for c in check(home, "run-1", "staging").checks
                 if (c.table, c.expectation) == ("changed.stg_peb__items", "fresh"))
    assert (fresh.success, fresh.at_most) == (True, 72)
    assert fresh.measured == [{"feed": "peb", "agency": "bea-cukai", "observed": 61}]


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
    assert set(failure.unexpected_keys[0]) == {"nomor_aju", "item_number", "sheet", "row_number"}
    assert "12345" not in (home.run("run-1") / "gates" / "staging.json").read_text()


def test_rows_of_two_sheets_are_told_apart(home):
    with duckdb.connect(str(home.build_database)) as connection:
        make(connection, {})
        connection.execute("update staging.stg_roster__businesses set sheet = load_id, row_number = 7, region_code = "
                           "'99.99', registered_month = '2024-02'")
    found = {c.expectation: c for c in check(home, "run-1", "staging").warnings}
    for name in ("region_code_in_list", "registered_before_the_edition"):
        assert [(key["sheet"], key["row_number"]) for key in found[name].unexpected_keys] == [
            (load, "7") for load in CLEAN_LOADS]


def make(connection: duckdb.DuckDBPyConnection, loads: dict[str, list[str]]) -> None:
    for table in STAGING_FEEDS:
        staging_table(connection, table, loads.get(table, CLEAN_LOADS))
