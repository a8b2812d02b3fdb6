"""How gates are measured: what counts as caught, what as a false alarm."""

import csv
import io

import duckdb
import pytest
from rich.console import Console

from lumbung.lake import ledger
from lumbung.quality.gate_results import Failed, Found, Planted
from lumbung.quality.gates import summed_up
from lumbung.quality.printing import show_gates
from lumbung.quality.small_office import SmallOffice

LEADS = "staging.stg_buyers__leads"


def check(name: str, success: bool, *loads: str, severity: str = "critical") -> dict:
    return {"suite": LEADS, "expectation": name, "severity": severity, "success": success, "load_ids": list(loads),
            "column": None, "query": ""}


def load_of(measured, name: str) -> ledger.Load:
    return next(load for load in ledger.loads(measured.home).values() if name in load.file_name)


def test_a_check_of_loads_is_a_result_a_load_and_of_a_table_one():
    found = Found()
    found.add([check("one", True), check("two", False, "a", "b")], subjects=5)
    found.add([check("three", True), check("four", False), check("five", False, "a", "b")])
    assert found.results == 5 + 5 + 1 + 1 + 2
    assert [(failed.name, failed.load_id) for failed in found.failed] == [
        ("two", "a"), ("two", "b"), ("four", ""), ("five", "a"), ("five", "b")]


def rows_in_build_database(home, load_id: str, *numbers: int) -> str:
    home.build_database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.build_database)) as con:
        con.execute("create table failing as select ? as load_id, unnest(?) as row_number", [load_id, list(numbers)])
    return "select * from failing"


@pytest.mark.parametrize(("failing", "explained"), [((3,), True), ((3, 5), True), ((3, 4), False)])
def test_rows_that_were_planted_explain_a_failure_and_others_beside_them_do_not(measured, failing, explained):
    load = load_of(measured, "bentuk-ragged")
    planted = Planted(measured.home, [])
    load.agency, planted.loads, planted.rows[load.load_id] = "kantor-lain", {load.load_id: load}, {3, 5}
    query = rows_in_build_database(measured.home, load.load_id, *failing)
    failed = Failed(LEADS, "some_check", "critical", load.load_id, query=query)
    assert (list(planted.unexplained(Found(1, [failed]))) == []) == explained


def test_of_a_load_its_counts_are_explained_and_its_days_are_not(measured):
    load = load_of(measured, "bentuk-ragged")
    planted = Planted(measured.home, [])
    load.agency, planted.loads, planted.rows[load.load_id] = "kantor-lain", {load.load_id: load}, {4, 7}
    profile = "raw.load_profile"
    rejects = Failed(profile, "reject_pct_small", "warning", load.load_id, "reject_pct")
    days = Failed(profile, "some_dates_after_landing", "warning", load.load_id)
    assert list(planted.unexplained(Found(2, [rejects, days]))) == [days]


def test_a_file_without_a_planted_fault_explains_nothing(measured):
    _, faults = measured.keys()
    planted = Planted(measured.home, faults)
    messy = load_of(measured, "bentuk-ragged")
    clean = Failed("raw.load_profile", "reject_pct_small", "warning", "no-such-load", "reject_pct")
    assert list(planted.unexplained(Found(1, [Failed("raw.load_profile", "any", "warning", messy.load_id)]))) == []
    assert list(planted.unexplained(Found(1, [clean]))) == [clean]


@pytest.fixture
def office(measured):
    """A small office whose key has one line, of a file that came."""
    load = load_of(measured, "bentuk-ragged")
    line = {"kind": "ragged", "path": f"gate_faults/ragged/inbox/{load.feed}/{load.agency}/{load.file_name}",
            "feed": load.feed, "agency": load.agency, "step": "staging", "table_name": "stg_buyers__leads",
            "check_name": "one", "severity": "critical", "what": "ragged"}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(line))
    writer.writeheader()
    writer.writerow(line)
    (measured.folder / "sample" / "answer_key" / "gates.csv").write_text(text.getvalue())
    return SmallOffice(measured.folder / "sample", measured.home), load.load_id


@pytest.mark.parametrize(("made", "ended"), [
    (lambda load: [check("one", False, load)], ""),
    (lambda load: [check("one", False, "another", load)], ""),
    (lambda load: [check("one", True)], "the check passed"),
    (lambda load: [check("two", False, load)], "the check passed"),
    (lambda load: [check("one", False, "another")], "it names other loads"),
    (lambda load: [check("one", False)], "it names no load"),
    (lambda load: [check("one", False, load, severity="warning")], "it is warning")])
def test_a_fault_is_caught_by_its_check_for_its_load_and_with_its_weight(office, made, ended):
    small, load_id = office
    found = Found()
    found.add(made(load_id))
    assert small.how_ended(small.key[0], found) == ended


def test_a_warning_of_the_table_as_a_whole_may_name_no_load(office):
    small, _ = office
    found = Found()
    found.add([check("one", False, severity="warning")])
    assert small.how_ended(small.key[0] | {"severity": "warning"}, found) == ""


def test_a_file_that_never_came_is_not_caught(office):
    small, _ = office
    lost = small.key[0] | {"path": "gate_faults/x/inbox/ska/siapa/hilang.csv"}
    assert small.how_ended(lost, Found()) == "the file is not in the ledger"


def test_figures_and_table_say_what_was_missed_and_where_wolf_was_cried():
    line = {"kind": "few_rows", "table_name": "load_profile", "check_name": "rows_like_its_history",
            "severity": "warning", "what": "a tenth of the rows"}
    alarm = Failed("marts.fct_export_item", "price_like_its_goods", "critical", "l1")
    figures = summed_up([(line, ""), (line | {"check_name": "other"}, "the check passed")],
                        [(alarm, "peb/bea-cukai/x.jsonl")] * 2, results=2000, runs=[], seconds=1.0)
    assert (figures["gate_recall"], figures["gate_false_alarm_rate"]) == (0.5, 0.001)
    assert (figures["gate_faults"], figures["gate_faults_caught"]) == (2, 1)
    assert figures["gate_false_alarms"] == [{
        "check": "marts.fct_export_item.price_like_its_goods", "severity": "critical", "times": 2,
        "examples": ["peb/bea-cukai/x.jsonl"] * 2}]
    console = Console(record=True, width=160)
    show_gates(figures, console)
    printed = console.export_text()
    assert "few_rows (a tenth of the rows): expected warning load_profile.other, but the check passed" in printed
    assert "2 x critical marts.fct_export_item.price_like_its_goods: peb/bea-cukai/x.jsonl" in printed
