"""What every gate run leaves in the lake."""

from datetime import UTC, datetime, timedelta, timezone

import duckdb

from lumbung.gates import CheckResult, GateResult, history

AT = datetime(2024, 11, 26, 3, 4, 5, tzinfo=timezone(timedelta(hours=7)))
ROWS = CheckResult("staging.t", "staging.t", "hs_code_pattern", "hs_code", "critical", False, unexpected_count=9,
                   load_ids=["load-a"], reason="HS has 8 digits.", feed="peb", owner="data engineer",
                   rows_checked=90, seconds=1.5)
MEASURE = CheckResult("staging.t", "staging.t", "fresh", None, "warning", False, feed="peb", at_most=40, measured=[
    {"agency": "a", "observed": 10, "region_code": "32.76"}, {"agency": "b", "observed": 41, "region_code": "32.01"},
    {"agency": "b", "observed": 99.5, "region_code": "32.76"}, {"agency": "c", "observed": None}])


def kept(home, kind="results"):
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select * from read_parquet('{home.quality}/{kind}/*/*/*.parquet') order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_a_row_each_check_and_the_worst_of_a_measure_each_agency(home):
    path = history.record(home, "run-1", AT, GateResult.of("staging", [ROWS, MEASURE]))
    assert path == home.quality / "results" / "staging" / "2024-11-25" / "run-1.parquet"
    rows = {(row["check_name"], row["agency"]): row for row in kept(home)}
    assert rows["hs_code_pattern", ""] == {
        "run_id": "run-1", "checked_at": AT.astimezone(UTC).replace(tzinfo=None), "step": "staging", "feed": "peb",
        "agency": "", "table_name": "staging.t", "check_name": "hs_code_pattern", "column_name": "hs_code",
        "severity": "critical", "owner": "data engineer", "reason": "HS has 8 digits.", "status": "failed",
        "subject": "", "observed": 9.0, "limit_low": None, "limit_high": None, "rows_checked": 90, "rows_failed": 9,
        "seconds": 1.5}
    assert {agency: (row["status"], row["observed"], row["subject"], row["limit_high"], row["rows_failed"])
            for (name, agency), row in rows.items() if name == "fresh"} == {
        "a": ("passed", 10.0, "region_code=32.76", 40.0, 0), "b": ("warned", 99.5, "region_code=32.76", 40.0, 2),
        "c": ("passed", None, "", 40.0, 0)}


def test_a_step_tried_again_leaves_one_file_of_the_same_bytes(home):
    result = GateResult.of("staging", [MEASURE, ROWS])
    first = history.record(home, "run-1", AT - timedelta(days=1), result).read_bytes()
    again = history.record(home, "run-1", AT - timedelta(days=1), result)
    assert again.read_bytes() == first
    later = history.record(home, "run-1", AT, result)
    assert [p for p in home.quality.rglob("*") if p.is_file()] == [later]
