"""What a gate says to people and leaves behind."""

import json
import subprocess
import sys

import duckdb
import pytest
from clean_staging import STAGING_FEEDS, staging_table

from lumbung.errors import GateFailed, LumbungError, UsageError
from lumbung.gates import CheckResult, GateResult, check, require, write_suites
from lumbung.gates.checks import EXPECTATIONS


@pytest.fixture
def built(home):
    """A clean build database up to staging."""
    with duckdb.connect(str(home.build_database)) as connection:
        for table in STAGING_FEEDS:
            staging_table(connection, table, ["load-a", "load-b"])
    return home


def folder_bytes(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_committed_suites_are_what_the_definitions_make(tmp_path):
    write_suites(tmp_path)
    assert folder_bytes(tmp_path) == folder_bytes(EXPECTATIONS)


def test_suites_that_are_no_more_are_taken_away(tmp_path):
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging" / "stg_old.json").write_text("{}")
    write_suites(tmp_path)
    assert not (tmp_path / "staging" / "stg_old.json").exists()


def test_every_expectation_says_why_and_whose_it_is():
    for path in EXPECTATIONS.glob("*/*.json"):
        for expectation in json.loads(path.read_text())["expectations"]:
            meta = expectation["meta"]
            assert meta["severity"] in ("critical", "warning")
            assert meta["severity"] == expectation["severity"]
            assert meta["owner"]
            assert meta["reason"].endswith("."), (path.name, meta["name"])


def test_suites_are_read_by_great_expectations_itself():
    import great_expectations as gx

    import lumbung.gates.expectation  # noqa: F401

    for path in EXPECTATIONS.glob("*/*.json"):
        suite = json.loads(path.read_text())
        read = gx.ExpectationSuite(name=suite["name"], expectations=suite["expectations"], meta=suite["meta"])
        assert len(read.expectations) == len(suite["expectations"])


def test_a_run_leaves_the_suites_as_they_were(built):
    before = folder_bytes(EXPECTATIONS)
    check(built, "run-1", "staging")
    assert folder_bytes(EXPECTATIONS) == before


def test_the_next_writer_can_open_the_database(built):
    check(built, "run-1", "staging")
    with duckdb.connect(str(built.build_database)) as connection:
        connection.execute("create table staging.after_the_gate as select 1 as one")
    with duckdb.connect(str(built.build_database)) as connection:
        connection.execute("update staging.stg_ska__items set hs_code = '1' where load_id = 'load-b'")
    assert [c.expectation for c in check(built, "run-2", "staging").failures] == ["hs_code_pattern"]


def test_same_data_gives_the_same_bytes(built):
    for run_id in ("run-1", "run-2"):
        check(built, run_id, "staging")
    first, second = (built.run(run_id) / "gates" / "staging.json" for run_id in ("run-1", "run-2"))
    assert first.read_bytes() == second.read_bytes()
    kept = json.loads(first.read_text())
    assert set(kept) == {"step", "passed", "checks"}
    assert kept["passed"] is True


def test_regex_works_on_duckdb(tmp_path):
    """GX takes its operators from the dialect's module; the one put in its place must be what it reads."""
    from lumbung.gates.warehouse import opened

    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema s; create table s.t as select unnest(['32.76', '3276']) as code")
    suite = {"name": "s.t", "expectations": [
        {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "code", "regex": r"^\d{2}\.\d{2}$"}},
        {"type": "expect_column_values_to_match_like_pattern", "kwargs": {"column": "code", "like_pattern": "32%"}}]}
    with opened(path, tmp_path / "scratch") as warehouse:
        found = warehouse.validate("s.t", suite, {"result_format": "SUMMARY"})
    assert [r["success"] for r in sorted(found, key=lambda r: r["expectation_config"]["type"])] == [True, False]
    assert [r["result"].get("unexpected_count") for r in found if not r["success"]] == [1]


def test_nothing_is_printed_and_nothing_written_outside_home(built, tmp_path):
    """Run as a user would, with a home folder of its own; GX, pydantic and DuckDB all have something to say at exit."""
    user = tmp_path / "user"
    user.mkdir()
    code = ("from pathlib import Path; from lumbung.lake.home import Home; from lumbung import gates; "
            f"gates.require(gates.check(Home(Path({str(built.root)!r})), 'run-1', 'staging'))")
    done = subprocess.run([sys.executable, "-W", "error::ResourceWarning", "-c", code], cwd=user, text=True,
                          capture_output=True, env={"HOME": str(user), "PATH": "/usr/bin:/bin"}, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(user.rglob("*")) == []


def test_importing_the_gates_does_not_import_great_expectations():
    code = "import sys, lumbung.gates; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_message_names_check_table_count_loads_and_what_to_do():
    loads = [f"load-{n}" for n in range(7)]
    result = GateResult.of("staging", [
        CheckResult("staging.t", "staging.t", "hs_code_pattern", "hs_code", "critical", False, unexpected_count=9,
                    load_ids=loads, reason="HS has 8 digits."),
        CheckResult("staging.t", "staging.t", "rare", None, "warning", False, reason="Never mind.")])
    with pytest.raises(GateFailed) as raised:
        require(result)
    message = str(raised.value)
    for part in ("staging.t", "hs_code_pattern", "9 rows", "load-0", "and 2 more", "HS has 8 digits",
                 "lumbung loads withdraw load-0"):
        assert part in message
    assert "rare" not in message


def test_failure_without_loads_says_where_to_look():
    with pytest.raises(GateFailed, match="No single load is behind it"):
        require(GateResult.of("marts", [
            CheckResult("marts.t", "marts.t", "whole", None, "critical", False, observed=513, reason="All there.")]))


def test_warnings_and_successes_pass():
    require(GateResult.of("marts", [CheckResult("marts.t", "marts.t", "a", None, "warning", False),
                                    CheckResult("marts.t", "marts.t", "b", None, "critical", True)]))


def test_no_database_and_no_such_gate_are_told_to_people(home):
    with pytest.raises(LumbungError, match="no build database"):
        check(home, "run-1", "staging")
    with pytest.raises(UsageError, match="no gate 'raw'"):
        check(home, "run-1", "raw")
