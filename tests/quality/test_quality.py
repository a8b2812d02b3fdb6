"""The measure itself: what intake does well counts, and each way of doing badly shows."""

import json
import subprocess
import sys

import pytest

from lumbung.quality.__main__ import main, wanting


def test_every_planted_line_is_counted_and_most_are_caught(measured):
    figures = measured.compared()
    assert figures["intake_faults"] == len(measured.keys()[1]) == sum(k["planted"] for k in figures["intake_kinds"])
    assert figures["intake_recall"] == round(figures["intake_faults_caught"] / figures["intake_faults"], 6) > 0.5
    assert (figures["intake_false_alarms"], figures["intake_false_alarm_rate"]) == (0, 0.0)


def test_a_good_row_that_went_missing_is_a_false_alarm(measured):
    before = measured.compared()
    measured.rewrite(measured.home.raw / "readiness_assessment", "select * from $file where row_number <> 1")
    after = measured.compared()
    assert after["intake_false_alarms"] == 1
    assert after["intake_good_rows"] == before["intake_good_rows"]
    assert after["intake_false_alarm_reasons"] == [{"reason": "readiness_assessment: skipped or lost", "rows": 1}]


def test_a_fault_for_the_wrong_reason_is_not_caught(measured):
    before = measured.compared()
    measured.rewrite(measured.home.quarantine / "buyer_lead",
                     "select * replace (case reason_code when 'not_in_list' then 'bad_date' else reason_code end "
                     "as reason_code) from $file")
    assert measured.compared()["intake_faults_caught"] == before["intake_faults_caught"] - 1


def test_a_value_read_wrongly_is_not_caught(measured):
    _, faults = measured.keys()
    (serial,) = [f for f in faults if f["kind"] == "nothing_in_words" and f["path"].count("buyer_lead")]
    assert measured.compared(faults=[serial])["intake_faults_caught"] == 1
    wrong = measured.compared(faults=[serial | {"value": "17"}])
    assert wrong["intake_faults_caught"] == 0
    assert wrong["intake_kinds"][0]["missed"][0]["ended"] == "accepted as None"


@pytest.mark.parametrize(("kind", "expected"), [
    ("blank_row", "accepted"), ("ragged_row", "skipped"), ("utf16", "file_rejected"), ("duplicated_row", "quarantined"),
    ("no_such_feed", "file_held"), ("utf8_bom", "redelivered")])
def test_another_outcome_than_the_key_says_is_not_caught(measured, kind, expected):
    fault = next(f for f in measured.keys()[1] if f["kind"] == kind)
    assert measured.compared(faults=[fault])["intake_recall"] == 1
    assert measured.compared(faults=[fault | {"expected": expected}])["intake_recall"] == 0


def test_a_file_that_was_never_taken_in_is_all_false_alarms(measured):
    files, _ = measured.keys()
    lost = {**files[0], "path": "inbox/buyer_lead/siapa/data-buatan-hilang.csv", "feed": "buyer_lead", "rows": "7"}
    figures = measured.compared(files=[lost], faults=[])
    assert (figures["intake_good_rows"], figures["intake_false_alarms"]) == (7, 7)
    assert figures["intake_false_alarm_reasons"] == [{"reason": "file not in the ledger", "rows": 7}]


def test_intake_and_identity_keep_their_promises_on_a_small_sample(tmp_path, capsys):
    out = tmp_path / "quality.json"
    status = main(["--rows", "500", "--seed", "7", "--fault-rate", "0.05", "--scratch", str(tmp_path / "scratch"),
                   "--no-gates", "--out", str(out)])
    figures = json.loads(out.read_text())
    printed = capsys.readouterr().out
    assert figures["intake_recall"] >= 0.99, printed
    assert figures["intake_false_alarm_rate"] <= 0.001, printed
    assert figures["identity_precision"] >= 0.99, printed
    assert figures["identity_recall"] >= 0.95, printed
    assert status == 0
    assert "Recall" in printed
    assert "joined wrongly" in printed


@pytest.mark.parametrize(("name", "value"), [
    ("intake_recall", 0.98), ("intake_false_alarm_rate", 0.002), ("identity_precision", 0.98),
    ("identity_recall", 0.94), ("gate_recall", 0.94), ("gate_false_alarm_rate", 0.002)])
def test_what_is_asked_for_and_not_reached_is_said(name, value):
    good = {"intake_recall": 1.0, "intake_false_alarm_rate": 0.0, "identity_precision": 1.0, "identity_recall": 0.95,
            "gate_recall": 0.95, "gate_false_alarm_rate": 0.001}
    assert wanting(good) == []
    [wish] = wanting(good | {name: value})
    assert "asked for" in wish


def test_without_faults_there_is_nothing_to_measure(tmp_path, capsys):
    assert main(["--fault-rate", "0", "--out", str(tmp_path / "quality.json")]) == 2
    assert "nothing to measure" in capsys.readouterr().err


def test_a_log_of_the_measure_has_no_progress_bars():
    """DuckDB draws them where it was imported before the program had a file: by the package that `-m` names."""
    told = subprocess.run([sys.executable, "-c", "import sys, lumbung.quality; print('duckdb' in sys.modules)"],
                          capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
