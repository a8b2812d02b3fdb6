"""Two files contradict each other: what was published stays, until a person decides; and no row goes missing."""

import json

import duckdb
import pytest
from loaded_warehouse import Warehouse, aju
from typer.testing import CliRunner

from lumbung import gates, transform
from lumbung.cli import app
from lumbung.lake import decisions, ledger
from lumbung.lake.home import Home
from lumbung.publish import publish, published_since

ROWS = {"a": {"nomor_aju": aju(1), "item_fob": "1000.00"}, "b": {"nomor_aju": aju(1), "item_fob": "2000.00"},
        "c": {"nomor_aju": aju(1), "item_fob": "3000.00"}}
KEY = f"{aju(1)}||"


def standing(warehouse: Warehouse) -> tuple[str, bool]:
    [row] = warehouse.rows("SELECT load_id, has_conflict FROM marts.fct_export_item")
    return row


def build(warehouse: Warehouse, before=None) -> str:
    run_id = f"run-{warehouse.runs + 1}"
    transform.pin(warehouse.home, run_id, published_since(before))
    warehouse.build()
    return run_id


def release(warehouse: Warehouse, run_id: str):
    from datetime import UTC, datetime

    return publish(warehouse.home, run_id, pinned=transform.pin(warehouse.home, run_id), gates=[],
                   decisions=transform.pinned_decisions(warehouse.home, run_id), code_version="test",
                   run_time=datetime(2024, 10, 5, 3, 4, warehouse.runs, tzinfo=UTC),
                   dbt_manifest=transform.manifest_path(warehouse.home))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> str:
    """Which of the files `a` and `b` stands where nothing was published before."""
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("fresh") / "home").make())
    ids = {warehouse.peb(ROWS[name], name=name): name for name in "ba"}
    warehouse.build()
    load_id, has_conflict = standing(warehouse)
    assert has_conflict
    return ids[load_id]


def test_what_was_published_stays_until_a_person_decides(fresh, warehouse, monkeypatch):
    first, second = ("b", "a") if fresh == "a" else ("a", "b")
    ids = {first: warehouse.peb(ROWS[first], name=first)}
    published = release(warehouse, build(warehouse))
    ids[second] = warehouse.peb(ROWS[second], name=second)
    run_id = build(warehouse, published)
    assert standing(warehouse) == (ids[first], True)
    release(warehouse, run_id)

    monkeypatch.setenv("LUMBUNG_HOME", str(warehouse.home.root))
    listed = json.loads(CliRunner().invoke(app, ["conflicts", "list", "--json"]).stdout)
    assert [(row["conflict_key"], row["load_id"], row["is_standing"]) for row in listed] == [
        (KEY, ids[first], True), (KEY, ids[second], False)]
    wrong = CliRunner().invoke(app, ["conflicts", "decide", "peb", KEY, "--load", "zzz", "--reason", "x"])
    assert wrong.exit_code != 0
    assert decisions.decisions(warehouse.home) == []
    made = CliRunner().invoke(app, ["conflicts", "decide", "peb", KEY, "--load", ids[second][:8], "--reason", "asli"])
    assert made.exit_code == 0, made.output
    [event] = decisions.decisions(warehouse.home)
    assert (event.reason, event.chosen.sha256) == ("asli", ledger.loads(warehouse.home)[ids[second]].sha256)

    run_id = build(warehouse, published)
    assert standing(warehouse) == (ids[second], False)
    assert warehouse.rows("SELECT DISTINCT conflict_status FROM marts.mart_conflict") == [("decided",)]
    assert release(warehouse, run_id).manifest["decisions"][0]["is_chosen"] is True

    # What nobody had seen then opens the question again, and changes nothing meanwhile.
    warehouse.peb(ROWS["c"], name="c")
    build(warehouse, published)
    assert standing(warehouse) == (ids[second], True)


def test_a_row_that_goes_missing_stops_the_run_and_names_its_load(warehouse):
    whole = warehouse.peb({"nomor_aju": aju(1)}, name="whole")
    short = warehouse.peb({"nomor_aju": aju(2)}, {"nomor_aju": aju(3)}, name="short")
    held = warehouse.peb({"nomor_aju": aju(4)}, name="withdrawn")
    warehouse.withdraw(held)
    warehouse.build()
    assert warehouse.rows(f"SELECT load_status, rows_left_out FROM marts.mart_row_conservation "
                          f"WHERE load_id = '{held}'") == [("withdrawn", 1)]
    assert balance(warehouse).success
    with duckdb.connect(warehouse.home.build_database) as connection:
        connection.execute("DELETE FROM raw.peb WHERE nomor_aju = ?", [aju(3)])
    transform.dbt(warehouse.home, "run-1", "marts")
    found = balance(warehouse)
    assert not found.success
    assert (found.severity, found.load_ids) == ("critical", [short])
    assert whole not in found.load_ids


def balance(warehouse: Warehouse) -> gates.CheckResult:
    result = gates.check(warehouse.home, "run-1", "marts")
    return next(check for check in result.checks if check.expectation == "rows_balance")
