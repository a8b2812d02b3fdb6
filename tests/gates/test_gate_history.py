"""What every gate run leaves in the lake."""

from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pytest
from clean_staging import STAGING_FEEDS, staging_table
from raw_batches import Batch

from lumbung.contracts import contract_of
from lumbung.gates import CheckResult, GateResult, check, check_raw, history, kept, require
from lumbung.gates.checks import failing_path

AT = datetime(2024, 11, 26, 3, 4, 5, tzinfo=timezone(timedelta(hours=7)))
CERTIFICATE = "2/BDG/2024"
ROWS = CheckResult("staging.t", "staging.t", "hs_code_pattern", "hs_code", "critical", False, unexpected_count=9,
                   load_ids=["load-a"], reason="HS has 8 digits.", feed="peb", owner="data engineer",
                   rows_checked=90, seconds=1.5)
MEASURE = CheckResult("staging.t", "staging.t", "fresh", None, "warning", False, feed="peb", at_most=40, measured=[
    {"agency": "a", "observed": 10, "region_code": "32.76"}, {"agency": "b", "observed": 41, "region_code": "32.01"},
    {"agency": "b", "observed": 99.5, "region_code": "32.76"}, {"agency": "c", "observed": None}])


def in_lake(home, kind="results"):
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select * from read_parquet('{home.quality}/{kind}/*/*/*.parquet') order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_a_row_each_check_and_the_worst_of_a_measure_each_agency(home):
    path = history.record(home, "run-1", AT, GateResult.of("staging", [ROWS, MEASURE]))
    assert path == home.quality / "results" / "staging" / "2024-11-25" / "run-1.parquet"
    rows = {(row["check_name"], row["agency"]): row for row in in_lake(home)}
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


@pytest.fixture
def spoilt(home):
    """Staging of two agencies, of which one sent HS codes that are none: more rows than a message names."""
    with duckdb.connect(str(home.build_database)) as connection:
        for table in STAGING_FEEDS:
            staging_table(connection, table, ["load-a", "load-b"])
        connection.execute(
            "update control.loads set agency = case load_id when 'load-a' then 'jabar' else 'jatim' end")
        connection.execute("""
            insert into staging.stg_ska__items select * exclude n replace (
                '1' as hs_code, n as row_number, n as item_number)
            from staging.stg_ska__items, range(100, 150) as more (n)
            where load_id = 'load-b'""")
    return home


def test_rows_that_failed_are_kept_uncut_by_key_and_load(spoilt):
    result = check(spoilt, "run-1", "staging")
    (failed,) = [c for c in result.failures if c.expectation == "hs_code_pattern"]
    assert (failed.unexpected_count, len(failed.unexpected_keys), failed.load_ids) == (50, 20, ["load-b"])
    history.record(spoilt, "run-1", AT, result)
    rows = [row for row in in_lake(spoilt, "failures") if row["check_name"] == "hs_code_pattern"]
    assert [row["row_number"] for row in rows] == list(range(100, 150))
    assert {row["row_key"] for row in rows} == {
        f'{{"certificate_number":"{CERTIFICATE}","item_number":"{number}"}}' for number in range(100, 150)}
    whose = ("run_id", "step", "feed", "table_name", "severity", "load_id", "agency")
    assert {tuple(row[name] for name in whose) for row in rows} == {
        ("run-1", "staging", "ska", "staging.stg_ska__items", "critical", "load-b", "jatim")}
    assert list(kept.failing_rows(spoilt, check="hs_code_pattern")) == rows
    assert not list(spoilt.scratch.iterdir())


def test_failing_rows_of_the_same_data_are_the_same_bytes_and_go_when_the_step_passes(spoilt):
    def written() -> bytes:
        history.record(spoilt, "run-1", AT, check(spoilt, "run-1", "staging"))
        return (spoilt.quality / "failures" / "staging" / "2024-11-25" / "run-1.parquet").read_bytes()

    assert written() == written()
    with duckdb.connect(str(spoilt.build_database)) as connection:
        connection.execute("delete from staging.stg_ska__items where hs_code = '1'")
    assert check(spoilt, "run-1", "staging").passed
    with pytest.raises(FileNotFoundError):
        written()


def test_without_a_run_the_rows_of_the_last_one_are_listed(spoilt):
    failed, passed = check(spoilt, "run-1", "staging"), GateResult.of("staging", [MEASURE])
    history.record(spoilt, "run-1", AT, failed)
    rows = list(kept.failing_rows(spoilt))
    assert {row["run_id"] for row in rows} == {"run-1"}
    history.record(spoilt, "run-0", AT + timedelta(minutes=1), passed)
    assert list(kept.failing_rows(spoilt)) == []
    assert [row["check_name"] for row in kept.failed_checks(spoilt)] == ["fresh"]
    assert list(kept.failing_rows(spoilt, run="run-1")) == rows
    assert list(kept.failing_rows(spoilt, run="run-1", load="load-a")) == []


def test_gate_raw_tells_each_agency_of_its_own(home, batch):
    profile, raw = batch(profile_fault="""
        update profile set agency = 'lain' where load_id = 'load-a';
        update profile set reject_pct = 50.1 where load_id = 'load-b'""")
    result = check_raw(home, "peb", "b1", profile, raw, contract_of("peb"))
    history.record(home, "b1", AT, result)
    rows = {(row["check_name"], row["agency"]): row for row in in_lake(home)}
    assert {row["feed"] for row in rows.values()} == {"peb"}
    told = {agency: tuple(rows["reject_pct_within_limit", agency][name] for name in (
        "status", "rows_failed", "rows_checked", "table_name")) for agency in ("lain", "bea-cukai")}
    assert told == {"lain": ("passed", 0, 1, "raw.load_profile"), "bea-cukai": ("warned", 1, 1, "raw.load_profile")}
    assert rows["hs_code_not_null", "lain"]["rows_checked"] == 2
    assert [(row["load_id"], row["agency"]) for row in in_lake(home, "failures")
            if row["check_name"] == "reject_pct_within_limit"] == [("load-b", "bea-cukai")]


def test_a_load_of_which_several_things_are_found_is_one_that_failed(home):
    for month in range(1, 5):
        batch = Batch(home, "peb", {f"load-{month}": 10}, name=f"batch-{month}")
        if month < 4:
            batch.loaded(f"2024-02-0{month}")
    batch.spoil("quantity = null, net_weight_kg = null", "load-4")
    result = check_raw(home, "peb", "b1", *batch.landed("2024-02-04").written(), contract_of("peb"))
    history.record(home, "b1", AT, result)
    [row] = [row for row in in_lake(home) if row["check_name"] == "columns_as_last_time"]
    assert (row["status"], row["rows_failed"], row["rows_checked"], row["observed"]) == ("warned", 1, 1, 1.0)
    assert len(list(kept.failing_rows(home, check="columns_as_last_time"))) == 2


def test_what_failed_before_is_no_failing_row_of_a_gate_that_passes(home):
    with duckdb.connect(str(home.build_database)) as connection:
        for table in STAGING_FEEDS:
            staging_table(connection, table, ["load-a"])
    failing_path(home, "staging", "run-1").write_bytes(b"of an attempt that was killed")
    assert check(home, "run-1", "staging").failing_rows is None
    assert not list(home.scratch.glob("*.parquet"))


def test_the_message_says_where_to_look_and_what_to_paste(spoilt):
    result = check(spoilt, "run-1", "staging")
    with pytest.raises(Exception, match="hs_code_pattern, 50 rows") as raised:
        require(result, spoilt, "run-1")
    told = str(raised.value)
    for part in (f"certificate_number={CERTIFICATE} item_number=100", "and 47 more",
                 "lumbung check failures --run run-1", "lumbung run",
                 'lumbung loads withdraw load-b --reason "hs_code_pattern"'):
        assert part in told
    (query,) = [line.removeprefix("  query: ") for line in told.splitlines()
                if line.startswith("  query") and "hs_code" in line]
    with duckdb.connect(str(spoilt.build_database), read_only=True) as connection:
        assert len(connection.execute(query).fetchall()) == 50
