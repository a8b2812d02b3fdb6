"""What a person decides about a load, and what follows."""

import pytest
from returned_files import item, member, peb, roster

from lumbung import contracts, intake, returning
from lumbung.errors import LumbungError, UsageError
from lumbung.intake import returns
from lumbung.lake import ledger
from lumbung.transform import pin


def pinned(office, run="r1"):
    return {load["file_name"] for load in pin(office.home, run)}


BAD = [item(n, office_code="94") for n in range(2, 5)]


def test_a_load_above_the_reject_limit_waits_for_a_person(office):
    summary, = office.send("peb/bc/a.csv", peb([item(1), *BAD]))
    held = office.loads()["a.csv"]
    assert (summary["held"], summary["accepted"], summary["rejected"]) == (1, 0, 0)
    assert (held.status, held.reason_code) == ("held", "too_many_rejects")
    assert "3 dari 4" in held.reason
    assert office.accepted("peb") == []
    returns.release(office.home, held.load_id[:6], "kode kantor memang pendek", by="ani")
    assert office.loads()["a.csv"].status == "loaded"
    assert len(office.accepted("peb")) == 1
    event, = office.events("released")
    assert (event.decided_by, event.reason) == ("ani", "kode kantor memang pendek")
    with pytest.raises(LumbungError, match="loaded, not held"):
        returns.release(office.home, held.load_id)


def test_a_load_at_the_limit_is_loaded(office):
    office.send("peb/bc/a.csv", peb([item(1), item(9), *BAD[:2]]))
    assert office.loads()["a.csv"].status == "loaded"


def test_a_held_load_may_be_refused_and_sent_again(office):
    content = peb([item(1), *BAD])
    office.send("peb/bc/a.csv", content)
    assert office.send("peb/bc/a.csv", content)[0]["redelivered"] == 1
    returns.refuse(office.home, office.loads()["a.csv"].load_id, "salah format", by="budi")
    refused = office.loads()["a.csv"]
    assert (refused.status, refused.reason_code, refused.rows_quarantined) == ("rejected", "refused", 3)
    assert "budi" in refused.reason
    office.send("peb/bc/a.csv", content)
    assert office.loads()["a.csv"].status == "held"


def test_withdrawn_loads_leave_the_pin_and_come_back(office):
    office.send("peb/bc/a.csv", peb([item(1), item(2), item(3, office_code="94")]))
    load = office.loads()["a.csv"]
    returns.withdraw(office.home, load.load_id, "bulan yang salah", by="ani")
    assert (office.loads()["a.csv"].reason, pinned(office, "r1"), office.open_rows()) == (
        "bulan yang salah", set(), set())
    with pytest.raises(LumbungError, match="withdrawn: there is nothing"):
        returns.withdraw(office.home, load.load_id, "lagi")
    returns.restore(office.home, load.load_id)
    assert (pinned(office, "r2"), office.open_rows()) == ({"a.csv"}, {("a.csv", 3)})
    with pytest.raises(LumbungError, match="not withdrawn"):
        returns.restore(office.home, load.load_id)


def test_a_held_load_that_was_withdrawn_is_held_again(office):
    office.send("peb/bc/a.csv", peb([item(1), *BAD]))
    load = office.loads()["a.csv"]
    returns.withdraw(office.home, load.load_id, "nanti")
    back = returns.restore(office.home, load.load_id)
    assert (back.status, back.reason_code, back.reason) == ("held", "too_many_rejects", load.reason)


def test_an_unknown_id_names_near_ones_and_a_short_one_must_be_enough(office):
    for number in range(1, 25):
        ledger.record(office.home, [
            ledger.Event("landed", f"{number % 3}{number:019d}", "peb", "bc", f"{number}.csv", "0")])
    with pytest.raises(LumbungError, match="begin with") as several:
        returns.find(office.home, "1")
    assert "1.csv" in several.value.todo
    with pytest.raises(LumbungError, match="no load") as none:
        returns.find(office.home, "10000000000000000001x")
    assert f"1{1:019d}" in none.value.todo
    with pytest.raises(LumbungError, match="no load"):
        returns.find(office.home, "")


@pytest.mark.parametrize("rows", [
    [member(1), member(2)],
    [member(1, as_of=""), member(2, as_of="-")],
])
def test_an_edition_without_a_date_waits_for_one(office, rows):
    summary, = office.send("agency_roster/dinas/daftar.csv", roster(rows))
    held = office.loads()["daftar.csv"]
    assert (summary["held"], held.status, held.reason_code) == (1, "held", "as_of_missing")
    assert office.open_rows() == set()
    with pytest.raises(LumbungError, match="which date") as asked:
        returning.release(office.home, held.load_id)
    assert "--as-of" in asked.value.todo
    with pytest.raises(UsageError, match="no date"):
        returning.release(office.home, held.load_id, as_of="2024-13-01")
    row = returning.release(office.home, held.load_id[:8], as_of="2024-01-01", by="ani")
    assert (row["status"], row["load_id"], row["rows_accepted"]) == ("loaded", held.load_id, 2)
    assert office.accepted("agency_roster", "as_of::varchar, roster_number") == [("2024-01-01", 1), ("2024-01-01", 2)]
    event, = office.events("dated")
    assert (event.constants, event.decided_by) == ({"as_of": "2024-01-01"}, "ani")


def test_a_date_fills_only_what_is_empty(office):
    office.send("agency_roster/dinas/a.csv", roster([member(1), member(2)]).replace(
        "DATA BUATAN\n", "DATA BUATAN\n,,,\n", 1))
    row = returning.release(office.home, office.loads()["a.csv"].load_id, as_of="2024-01-01")
    assert (row["rows_read"], row["rows_skipped"], row["rows_accepted"]) == (3, 1, 2)


def test_some_lines_without_a_date_are_rows_in_quarantine(office):
    office.send("agency_roster/dinas/a.csv", roster([member(1, as_of="2024-01-01"), member(2, as_of="")]))
    assert office.loads()["a.csv"].status == "loaded"
    assert office.quarantine() == [("a.csv", 2, "as_of", "missing_value", "open")]


@pytest.fixture
def own_contracts(tmp_path, monkeypatch):
    """A folder for contracts of the office's own, which win over ours."""
    folder = tmp_path / "contracts"
    folder.mkdir()
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(folder))
    return folder


def looser_peb(folder):
    """The contract of peb in a version that takes office codes of two digits too."""
    text = (contracts.catalogue.HERE / "peb.yaml").read_text()
    assert text.count(r"'^\d{6}$'") == 1
    text = text.replace(r"'^\d{6}$'", r"'^\d{2}(\d{4})?$'").replace("\nversion: 1.", "\nversion: 9.", 1)
    (folder / "peb.yaml").write_text(text)


def test_retyping_under_a_mended_contract_supersedes_the_old_load(office, own_contracts):
    office.send("peb/bc/a.csv", peb([item(1), item(2), *BAD[:2]]))
    office.send("peb/bc/semua.csv", peb(BAD))
    old = office.loads()["a.csv"]
    assert returning.retype(office.home, "peb")["loads"] == 0
    looser_peb(own_contracts)
    done = returning.retype(office.home, "peb")
    assert (done["loads"], done["loaded"], done["rejected"]) == (2, 2, 0)
    state = ledger.loads(office.home)
    new = state[state[old.load_id].superseded_by]
    assert (state[old.load_id].status, new.status, new.rows_accepted, new.sha256) == (
        "superseded", "loaded", 4, old.sha256)
    assert (sorted(pinned(office)), office.open_rows()) == (["a.csv", "semua.csv"], set())
    assert len(office.accepted("peb")) == 7
    again = returning.retype(office.home, "peb")
    assert (again["loads"], again["same"]) == (0, 2)
    with pytest.raises(LumbungError, match="superseded"):
        returns.withdraw(office.home, old.load_id, "x")


def test_what_a_person_withdrew_is_not_read_again_and_not_restored_twice(office, own_contracts):
    content = peb([item(1), item(2)])
    office.send("peb/bc/a.csv", content)
    old = office.loads()["a.csv"]
    returns.withdraw(office.home, old.load_id, "salah")
    looser_peb(own_contracts)
    assert returning.retype(office.home, "peb")["loads"] == 0
    office.send("peb/bc/a.csv", content)
    assert office.loads()["a.csv"].status == "loaded"
    with pytest.raises(LumbungError, match="same file is loaded"):
        returns.restore(office.home, old.load_id)


def test_a_retyped_edition_keeps_its_date(office):
    office.send("agency_roster/dinas/a.csv", roster([member(1)]))
    load = office.loads()["a.csv"]
    returning.release(office.home, load.load_id, as_of="2023-06-30")
    again = intake.landing.landed_again(ledger.loads(office.home)[load.load_id], "9")
    assert (again.load_id != load.load_id, again.constants) == (True, {"as_of": "2023-06-30"})
