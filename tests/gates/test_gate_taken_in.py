"""Gate raw by hand, through the command: what was taken in, against the ledger and the contract."""

import json
import os
import sys
from functools import partial
from pathlib import Path

import duckdb
import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))
from returned_files import item, peb
from returning_office import Office

from lumbung.intake import returns


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> Office:
    """Two sound files; one held for its bad rows; one whose only row is bad, of which nothing was taken in."""
    from lumbung.lake.home import Home

    office = Office(Home(tmp_path_factory.mktemp("taken") / "home").make(), Path())
    office.send("peb/bc/sehat.csv", peb([item(number) for number in range(1, 4)]))
    office.send("peb/bc/lain.csv", peb([item(number) for number in range(4, 6)]))
    office.send("peb/bc/ditahan.csv", peb([item(7), *(item(number, item_fob="x") for number in range(8, 20))]))
    office.send("peb/bc/buruk.csv", peb([item(30, item_fob="x")]))
    assert [(x.file_name, x.status) for x in office.loads().values()] == [
        ("sehat.csv", "loaded"), ("lain.csv", "loaded"), ("ditahan.csv", "held"), ("buruk.csv", "rejected")]
    return office


@pytest.fixture
def check(sent, warm_command):
    run = partial(warm_command.run, environment={**os.environ, "LUMBUNG_HOME": str(sent.home.root), "COLUMNS": "200"})
    return partial(run, "check", "--step", "raw")


@pytest.fixture
def spoil(sent):
    """Rewrite the Parquet of one file, and put it back afterwards."""
    load = sent.loads()["lain.csv"]
    path = sent.home.raw / "peb" / f"{load.batch_id}.parquet"
    before = path.read_bytes()

    def write(rows: str) -> str:
        """`rows` is a query over the table `rows`; without one the file is gone."""
        path.unlink()
        if rows:
            (sent.home.scratch / "before.parquet").write_bytes(before)
            duckdb.sql(f"copy (with rows as (from '{sent.home.scratch}/before.parquet') {rows}) to '{path}'")
        return load.load_id

    yield write
    path.write_bytes(before)


def failed(done) -> dict[str, dict]:
    return {c["expectation"]: c for c in json.loads(done.stdout) if not c["success"]}


def test_what_was_taken_in_passes_and_what_waits_for_a_person_is_a_warning(check):
    done = check("--json")
    assert done.returncode == 0, done.stderr
    assert {c["table"] for c in json.loads(done.stdout)} == {"raw.peb", "raw.load_profile of peb"}
    assert {name: (c["severity"], c["files"]) for name, c in failed(done).items()} == {
        "reject_pct_within_limit": ("warning", ["bc/ditahan.csv"]),
        "reject_pct_small": ("warning", ["bc/ditahan.csv"])}


@pytest.mark.parametrize(("rows", "expectation"), [
    ("select * replace (null as hs_code) from rows", "hs_code_not_null"),
    ("select * replace (-item_fob as item_fob) from rows", "item_fob_at_least_0"),
    ("from rows limit 1", "accepted_rows_are_there"),
    ("", "parquet_is_there")])
def test_a_fault_is_told_with_its_file_and_ends_with_one(check, spoil, rows, expectation):
    load_id = spoil(rows)
    done = check("--json")
    assert done.returncode == 1
    assert failed(done)[expectation]["load_ids"] == [load_id]
    assert failed(done)[expectation]["files"] == ["bc/lain.csv"]
    told = check()
    assert told.returncode == 1
    assert expectation in told.stdout
    assert f"{load_id} (peb/bc/lain.csv)" in told.stdout
    assert "owner" in told.stdout
    assert "Gate raw" in told.stderr
    assert "loads withdraw" in told.stderr


def test_rows_of_a_withdrawn_load_are_no_business_of_the_gate(check, spoil, sent):
    load_id = spoil("select * replace (null as hs_code) from rows")
    returns.withdraw(sent.home, load_id, "salah")
    assert check().returncode == 0
    returns.restore(sent.home, load_id)
    assert check().returncode == 1


def test_what_passed_is_only_counted_unless_asked_for(check):
    told, whole = check().stdout, check("--all").stdout
    assert "checks passed" in told
    assert "rows_add_up" not in told
    assert "rows_add_up" in whole


def test_nothing_is_kept(check, sent, spoil):
    check()
    spoil("from rows limit 1")
    assert check().returncode == 1
    assert not list(sent.home.run("x").parent.glob("check-*"))


def test_the_query_told_finds_the_rows(check, spoil):
    spoil("select * replace (null as hs_code) from rows")
    query = failed(check("--json"))["hs_code_not_null"]["query"]
    assert len(duckdb.sql(query).fetchall()) == 2


def test_the_failing_rows_of_gate_raw_are_kept_load_by_load(check, sent, warm_command):
    load = sent.loads()["ditahan.csv"]
    run = partial(warm_command.run, "check", "failures", environment={
        **os.environ, "LUMBUNG_HOME": str(sent.home.root), "COLUMNS": "200"})
    rows = json.loads(run("--load", load.load_id, "--json").stdout)
    assert [(row["check_name"], row["severity"], row["agency"], row["run_id"]) for row in rows] == [
        ("reject_pct_small", "warning", "bc", load.batch_id),
        ("reject_pct_within_limit", "warning", "bc", load.batch_id)]
    assert {row["load_id"] for row in rows} == {load.load_id}
    assert json.loads(run("--run", load.batch_id, "--check", "reject_pct_small", "--json").stdout) == rows[:1]
    told = run("--load", load.load_id).stdout
    assert "reject_pct_within_limit" in told
    assert load.load_id in told
    assert run("--load", "nothing").stdout.strip() == "No failing row is kept."


def test_nothing_taken_in_is_no_failure(warm_command, tmp_path):
    done = warm_command.run("check", "--step", "raw", environment={**os.environ, "LUMBUNG_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing was taken in yet.")


def test_each_load_is_held_against_those_that_came_before_it(warm_command, tmp_path):
    """At intake and by hand; refused is what can't be right, and the others go on."""
    from lumbung.lake.home import Home

    office = Office(Home(tmp_path).make(), Path())
    for month in range(1, 5):
        office.send(f"peb/bc/2024-{month}.csv", peb([
            item(n, registered_on=f"2024-0{month}-06", nomor_aju=f"000030ABCDEF20240{month}05{n:06d}")
            for n in range(1, 11)]))
    office.send("peb/bc/2024-7.csv", peb([item(registered_on="2024-07-06")]))
    office.send("peb/bc/2094-8.csv", peb([item(2, registered_on="2094-08-06")]))

    loads = office.loads()
    assert (loads["2094-8.csv"].status, loads["2094-8.csv"].reason_code) == ("rejected", "gate_raw")
    assert "dates_not_after_landing" in loads["2094-8.csv"].reason
    at_intake = json.loads((tmp_path / "build" / "gates" / "raw" / f"{loads['2024-7.csv'].batch_id}.json").read_text())
    noticed = {c["expectation"]: c["load_ids"] for c in at_intake["checks"] if not c["success"]}
    july = loads["2024-7.csv"].load_id
    assert noticed == {"rows_like_its_history": [july], "period_follows_the_last": [july]}
    done = warm_command.run("check", "--step", "raw", "--json", environment={
        **os.environ, "LUMBUNG_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert {name: c["files"] for name, c in failed(done).items()} == {
        name: ["bc/2024-7.csv"] for name in noticed}
