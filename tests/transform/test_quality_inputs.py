"""What the marts of quality are made of is read from the lake once, and again where it changed."""

import datetime as dt
import json
import os

import pytest
from loaded_warehouse import SKA, Warehouse

from lumbung import transform
from lumbung.gates import history
from lumbung.gates.result import CheckResult, GateResult
from lumbung.lake.home import Home

DAY = dt.datetime(2024, 3, 1, 2, tzinfo=dt.UTC)
RESULTS = "SELECT run_id, step, check_name, status, observed, rows_failed FROM quality.check_results ORDER BY ALL"


def found(step: str, rows_failed: int = 0, **more) -> GateResult:
    return GateResult.of(step, [CheckResult(
        step, f"changed.stg_{step}", "adds_up", None, "warning", not rows_failed, unexpected_count=rows_failed,
        reason="It must.", rows_checked=10, **more)])


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    """A home with a pinned run and no marts yet: what is loaded does not ask for them."""
    warehouse = Warehouse(Home(tmp_path / "home").make())
    warehouse.send("ska", [SKA | {"certificate_number": "1/A/2024"}])
    warehouse.append()
    return warehouse


def load(warehouse: Warehouse) -> None:
    transform.load_quality(warehouse.home, "run-1", dt.date(2024, 3, 31), [])


def results(warehouse: Warehouse) -> list[tuple]:
    load(warehouse)
    return warehouse.rows(RESULTS)


def test_a_result_is_read_once_and_again_where_the_gate_was_tried_again(warehouse):
    first = history.record(warehouse.home, "run-0", DAY, found("staging", 3))
    assert results(warehouse) == [("run-0", "staging", "adds_up", "warned", 3, 3)]
    history.record(warehouse.home, "run-1", DAY, found("staging"))
    history.record(warehouse.home, "batch-1", DAY, found("raw"))
    three = [("batch-1", "raw", "adds_up", "passed", 0, 0), ("run-0", "staging", "adds_up", "warned", 3, 3),
             ("run-1", "staging", "adds_up", "passed", 0, 0)]
    assert results(warehouse) == three
    # What is known is not read a second time: it may be damaged meanwhile.
    about = first.stat()
    content = first.read_bytes()
    first.write_bytes(b"x" * about.st_size)
    os.utime(first, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert results(warehouse) == three
    first.write_bytes(content)
    history.record(warehouse.home, "run-0", DAY + dt.timedelta(days=1), found("staging", 2))
    assert results(warehouse)[1] == ("run-0", "staging", "adds_up", "warned", 2, 2)
    assert len(results(warehouse)) == 3


def test_a_measure_no_decimal_can_hold_is_left_out_and_not_the_check(warehouse):
    history.record(warehouse.home, "run-0", DAY, found(
        "marts", 1, measured=[{"feed": "ska", "agency": "a", "observed": float("inf")}], at_most=5.0))
    assert results(warehouse) == [("run-0", "marts", "adds_up", "warned", None, 1)]


def test_rows_in_quarantine_are_counted_by_what_is_wrong_with_them(warehouse):
    """A row with two faults is one row; what an attempt that died left in another batch is none."""
    (load_id, batch_id), = warehouse.rows("SELECT load_id, batch_id FROM control.loads")
    warehouse.record("erased", load_id, batch_id=batch_id, rows_read=6, rows_accepted=1, rows_quarantined=4)
    refused = [(1, "missing_value"), (1, "missing_value"), (2, "bad_date"), (2, "bad_number"), (3, "missing_value"),
               (3, "bad_date"), (4, "document_incomplete")]
    columns = {"load_id": "VARCHAR", "sheet": "VARCHAR", "row_number": "BIGINT", "reason_code": "VARCHAR"}
    rows = [{"load_id": load_id, "sheet": "", "row_number": number, "reason_code": code} for number, code in refused]
    warehouse.write(warehouse.home.quarantine / "ska" / f"{batch_id}.parquet", columns, rows)
    warehouse.write(warehouse.home.quarantine / "ska" / "left.parquet", columns, [rows[0] | {"row_number": 9}])
    warehouse.append()
    for _ in range(2):
        transform.load_quality(warehouse.home, "run-2", dt.date(2024, 3, 31), [])
        assert warehouse.rows("SELECT is_incomplete, is_invalid, rows FROM quality.refused_rows ORDER BY ALL") == [
            (False, False, 1), (False, True, 1), (True, False, 1), (True, True, 1)]


def failures(warehouse: Warehouse, run_id: str, *rows: tuple) -> None:
    """The keys of failing rows, as a gate keeps them: load, row, document."""
    columns = {"load_id": "VARCHAR", "sheet": "VARCHAR", "row_number": "BIGINT", "row_key": "VARCHAR"}
    warehouse.write(warehouse.home.quality / "failures" / "staging" / "2024-03-01" / f"{run_id}.parquet", columns, [
        {"load_id": load_id, "sheet": None, "row_number": row, "row_key": json.dumps({"nomor_aju": document})}
        for load_id, row, document in rows])


def test_rows_named_by_checks_add_up_until_all_are_looked_at_again(warehouse):
    named = "SELECT load_id, row_number FROM quality.named_rows ORDER BY ALL"
    rosters = warehouse.send("agency_roster", [{"as_of": "2024-01-01", "roster_number": 1, "business_name": "A"}])
    transform.pin(warehouse.home, "run-2")
    ((load_id,),) = warehouse.rows("SELECT load_id FROM control.loads WHERE feed = 'ska'")
    failures(warehouse, "run-2", (load_id, 1, "A"), (load_id, 1, "A"), (load_id, None, "A"), (None, 2, "B"),
             (rosters, 1, "C"))
    for _ in range(2):
        transform.load_quality(warehouse.home, "run-2", dt.date(2024, 3, 31), [])
        assert warehouse.rows(named) == sorted([(load_id, 1), (rosters, 1)])
    # The next run looks at changed documents and at all of the small feeds.
    transform.pin(warehouse.home, "run-3")
    failures(warehouse, "run-3", (load_id, 2, "A"))
    transform.load_quality(warehouse.home, "run-3", dt.date(2024, 3, 31), [])
    assert warehouse.rows(named) == [(load_id, 1), (load_id, 2)]
    with transform.changes.opened(warehouse.home) as connection:
        connection.execute("INSERT INTO control.built VALUES ('', 'whole', NULL)")
    transform.load_quality(warehouse.home, "run-3", dt.date(2024, 3, 31), [])
    assert warehouse.rows(named) == [(load_id, 2)]
