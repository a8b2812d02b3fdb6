"""Gate raw, through `check_raw`: one run a batch, one verdict a file."""

import json
from dataclasses import replace

import pytest

from lumbung.contracts import contract_of
from lumbung.gates import check_raw
from lumbung.gates.checks import EXPECTATIONS
from lumbung.lake import ledger

PEB = contract_of("peb")

# expectation -> what spoils load-b, in the profile or in the rows
PROFILE_FAULTS = {
    "physical_rows_add_up": "update profile set physical_rows = 5 where load_id = 'load-b'",
    "rows_add_up": "update profile set rows_read = 4 where load_id = 'load-b'",
    "rows_accepted_at_least_1":
        "update profile set rows_accepted = 0, rows_quarantined = 2 where load_id = 'load-b'",
    "accepted_rows_are_there": "update profile set rows_accepted = 3, rows_read = 4 where load_id = 'load-b'",
    "rows_skipped_at_least_0": "update profile set rows_skipped = -1, rows_read = 1 where load_id = 'load-b'",
    "rows_quarantined_at_least_0": "update profile set rows_quarantined = -1, rows_read = 2 where load_id = 'load-b'",
    "reject_pct_not_null": "update profile set reject_pct = null where load_id = 'load-b'",
    "reject_pct_at_least_0": "update profile set reject_pct = -1 where load_id = 'load-b'",
    "load_id_unique": "insert into profile from profile where load_id = 'load-b'",
}
ROW_FAULTS = {
    "accepted_rows_are_there": "delete from rows where load_id = 'load-b' and row_number = 2",
}
# Their faults are planted in test_gate_raw_history.py.
AGAINST_EARLIER_LOADS = {"dates_not_after_landing", "period_within_reason"}


def failed(result, severity="critical"):
    return {c.expectation: c for c in result.checks if not c.success and c.severity == severity}


def test_clean_batch_passes(home, batch):
    result = check_raw(home, "peb", "b1", *batch(), PEB)
    assert result.passed
    assert not [c for c in result.checks if not c.success]
    assert not list(home.scratch.iterdir())


@pytest.mark.parametrize(("expectation", "fault"), PROFILE_FAULTS.items())
def test_fault_of_a_profile_condemns_its_load_alone(home, batch, expectation, fault):
    result = check_raw(home, "peb", "b1", *batch(profile_fault=fault), PEB)
    assert not result.passed
    assert failed(result)[expectation].load_ids == ["load-b"]


@pytest.mark.parametrize(("expectation", "fault"), ROW_FAULTS.items())
def test_fault_of_the_rows_condemns_their_load_alone(home, batch, expectation, fault):
    result = check_raw(home, "peb", "b1", *batch(rows_fault=fault), PEB)
    assert failed(result)[expectation].load_ids == ["load-b"]


def test_every_critical_expectation_of_the_profile_has_a_fault():
    suite = json.loads((EXPECTATIONS / "raw" / "load_profile.json").read_text())["expectations"]
    assert {e["meta"]["name"] for e in suite if e["severity"] == "critical"} == {
        *PROFILE_FAULTS, *ROW_FAULTS, *AGAINST_EARLIER_LOADS}


def test_warnings_let_the_load_in(home, batch):
    result = check_raw(home, "peb", "b1", *batch(
        profile_fault="update profile set reject_pct = 6, duplicate_key_rows = 2 where load_id = 'load-a'"), PEB)
    assert result.passed
    warned = failed(result, "warning")
    assert set(warned) == {"reject_pct_small", "no_duplicate_keys"}
    assert warned["reject_pct_small"].load_ids == ["load-a"]


def test_a_load_over_the_limit_of_its_contract_is_warned_of_and_a_replay_has_no_limit(home, batch):
    """Intake holds such a load: a person decides."""
    ledger.record(home, [ledger.Event("landed", "load-a", "peb", "bea-cukai", "a.xlsx", "a", parent_load_id="root")])
    profile, raw = batch(profile_fault="update profile set reject_pct = 30")
    assert "reject_pct_within_limit" not in failed(check_raw(home, "peb", "b1", profile, raw, PEB), "warning")
    strict = check_raw(home, "peb", "b2", profile, raw, replace(PEB, reject_limit_pct=20))
    assert strict.passed
    assert failed(strict, "warning")["reject_pct_within_limit"].load_ids == ["load-b"]


def test_accepted_rows_without_a_file_are_noticed(home, batch):
    profile, _ = batch()
    result = check_raw(home, "peb", "b1", profile, None, PEB)
    assert failed(result)["accepted_rows_are_there"].load_ids == ["load-a", "load-b"]


def test_result_is_kept_beside_the_build(home, batch):
    profile, raw = batch()
    check_raw(home, "peb", "b1", profile, raw, PEB)
    kept = home.build / "gates" / "raw" / "b1.json"
    first = kept.read_bytes()
    check_raw(home, "peb", "b1", profile, raw, PEB)
    assert kept.read_bytes() == first
