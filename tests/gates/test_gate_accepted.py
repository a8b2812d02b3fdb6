"""What a person accepted no longer stops a run; what nobody saw, or nobody may accept, still does."""

import json
from datetime import UTC, datetime

import duckdb
import pytest
from clean_staging import compared_with, staging_table

from lumbung import transform
from lumbung.errors import GateFailed, UsageError
from lumbung.gates import accept, check, gated_suites, history, kept, require
from lumbung.gates.checks import EXPECTATIONS
from lumbung.gates.suites.vocabulary import finds_nothing
from lumbung.lake import accepted

AT = datetime(2024, 11, 26, tzinfo=UTC)
TABLE, CHECK = "staging.stg_peb__items", "header_fob_equals_items"


@pytest.fixture
def spoilt(home):
    """Three documents that are off their headers, two of load-a and one of load-b, and a rate of nothing."""
    with duckdb.connect(str(home.build_database)) as connection:
        compared_with(connection)
        staging_table(connection, "stg_peb__items", ["load-a", "load-b", "load-c"])
        connection.execute(f"update {TABLE} set item_fob = 1000, ndpbm = 0")
        connection.execute(f"update {TABLE} set load_id = 'load-a' where load_id = 'load-c'")
    return home


@pytest.fixture
def judged(spoilt, tmp_path):
    """Two checks of gate staging over it: the result, and what it says of the one of judgement."""
    suite = json.loads((EXPECTATIONS / "staging" / "stg_peb__items.json").read_text())
    chosen = [e for e in suite["expectations"] if e["meta"]["name"] in (CHECK, "ndpbm_above_0")]
    (folder := tmp_path / "expectations" / "staging").mkdir(parents=True)
    (folder / "stg_peb__items.json").write_text(json.dumps({**suite, "expectations": chosen}))

    def run(*acts, **more):
        result = check(spoilt, "run-1", "staging", folder.parent, accepted=acts, **more)
        [found] = [one for one in result.checks if one.expectation == CHECK]
        return result, found

    return run


def act(load_id, rows, check_name=CHECK):
    return {"table": TABLE, "check": check_name, "load_id": load_id, "rows": rows, "reason": "Koreksi menyusul.",
            "by": "siti", "at": "2024-11-26T01:02:03.000000+00:00"}


def test_all_of_it_accepted_is_a_warning_that_says_by_whom_and_why(judged):
    result, found = judged(act("load-a", 2), act("load-b", 1))
    assert (found.status, found.load_ids, found.unexpected_count) == ("warned", ["load-a", "load-b"], 3)
    assert "load load-a by siti on 2024-11-26: Koreksi menyusul; load load-b by siti" in found.reason
    assert [one.expectation for one in result.failures] == ["ndpbm_above_0"]


def test_a_load_that_nobody_accepted_stops_and_is_named_alone(spoilt, judged):
    result, found = judged(act("load-a", 2))
    assert (found.status, found.load_ids, found.unexpected_count) == ("failed", ["load-b"], 1)
    assert "siti" not in found.reason
    with pytest.raises(GateFailed) as stopped:
        require(result)
    lines = [line for line in stopped.value.todo.splitlines() if "check accept" in line]
    assert lines == [f'lumbung check accept {CHECK} --table stg_peb__items --load load-b --reason "…"']
    history.record(spoilt, "run-1", AT, result)
    assert {(row["load_id"], row["severity"]) for row in kept.failing_rows(spoilt, run="run-1", check=CHECK)} == {
        ("load-a", "warning"), ("load-b", "critical")}
    assert kept.most_rows_failed(spoilt, TABLE, CHECK, "load-a") == 2


def test_more_rows_than_the_person_saw_are_not_covered(judged):
    _, found = judged(act("load-a", 1), act("load-b", 1))
    assert (found.status, found.load_ids) == ("failed", ["load-a"])


def test_rows_of_no_load_are_covered_by_nobody(spoilt, judged):
    with duckdb.connect(str(spoilt.build_database)) as connection:
        connection.execute(f"update {TABLE} set load_id = null where load_id = 'load-b'")
    _, found = judged(act("load-a", 2))
    assert (found.status, found.load_ids, found.unexpected_count) == ("failed", [], 1)


def test_a_word_on_a_check_that_nobody_may_accept_changes_nothing(judged):
    result, _ = judged(act("load-a", 2, "ndpbm_above_0"), act("load-b", 1, "ndpbm_above_0"))
    [rates] = [one for one in result.failures if one.expectation == "ndpbm_above_0"]
    assert rates.load_ids == ["load-a", "load-b"]


def test_what_is_no_longer_accepted_is_looked_for_beyond_what_changed(spoilt, judged):
    with duckdb.connect(str(spoilt.build_database)) as connection:
        connection.execute(f"create schema changed; create view changed.stg_peb__items as from {TABLE} limit 0")
    result, _ = judged()
    assert result.passed
    result, found = judged(again={(TABLE, CHECK, "load-a")})
    assert (result.failures, found.load_ids) == ([found], ["load-a", "load-b"])


def test_the_last_word_on_a_load_stands(home):
    words = [("load-a", True), ("load-b", True), ("load-a", False)]
    for load_id, is_accepted in words:
        accepted.record(home, accepted.Acceptance(TABLE, CHECK, load_id, 2, "Benar", is_accepted))
    assert [one["load_id"] for one in accepted.standing(home)] == ["load-b"]
    assert [(one.load_id, one.is_accepted) for one in accepted.acceptances(home)] == words


def test_a_run_built_again_goes_by_what_was_accepted_then(home):
    said = [act("load-a", 2)]
    transform.pin(home, "run-1", given={"acceptances": said})
    assert transform.pinned_acceptances(home, "run-1") == said


@pytest.mark.parametrize(("query", "severity"), [("select nomor_aju from {batch}", "critical"),
                                                 ("select load_id from {batch}", "warning")])
def test_only_what_a_critical_check_finds_in_a_load_can_be_marked(query, severity):
    with pytest.raises(ValueError, match="critical check finds in a load"):
        finds_nothing("x", query, "Why.", severity=severity, accepted_by="reporting officer")


def test_an_unknown_check_names_those_that_can_be_accepted(home):
    with pytest.raises(UsageError, match="price_like_its_goods --table fct_export_item"):
        accept(home, gated_suites(), "no_such_check", "fct_export_item", "load-a", "Benar")
