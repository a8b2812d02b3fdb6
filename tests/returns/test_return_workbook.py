"""The way of a bad row: quarantine, return workbook, mended, replayed, closed."""

import json
import os
import shutil
from pathlib import Path

import pytest
from returned_files import item, peb
from returning_office import Office, mend, rows, sheets

from lumbung import intake, returning
from lumbung.contracts import contract_of
from lumbung.errors import LumbungError
from lumbung.intake import returns
from lumbung.lake import ledger
from lumbung.lake.home import Home

REASON, FIX = "Alasan", "Perbaikan"


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    """Document 1 is sound; 2 has an item with a wrong amount beside a sound one; 3 and 4 have one fault each."""
    office = Office(Home(tmp_path_factory.mktemp("sent")).make(), Path())
    office.send("peb/bc/januari.csv", peb([
        item(1), item(2, 1), item(2, 2, item_fob="12 meja"), item(3, item_fob=""), item(4, office_code="94"),
        *(item(5, seri) for seri in range(1, 6))]))
    return office.home


@pytest.fixture
def sent(office, sent_once):
    """An office that has sent the file of `sent_once`."""
    shutil.copytree(sent_once.root, office.home.root, dirs_exist_ok=True)
    office.titles = {c.name: c.synonyms[0] for c in contract_of("peb").columns}
    return office


def test_the_workbook_has_the_row_as_it_came_with_the_reason_beside_it(sent):
    path = sent.export("bc")
    book = sheets(path)
    assert list(book) == ["Petunjuk", "peb"]
    assert "bc" in book["Petunjuk"][1][0]
    found = rows(path, "peb")
    fob, office_code = sent.titles["item_fob"], sent.titles["office_code"]
    assert [(r["Lumbung: baris"], r[fob], r[office_code]) for r in found] == [
        ("2", "100.25", "050100"), ("3", "12 meja", "050100"), ("4", "", "050100"), ("5", "100.25", "94")]
    assert [r["Kolom yang salah"] for r in found] == ["", fob, fob, office_code]
    assert "jangan dihapus" in found[0][REASON]
    assert found[1][REASON] == f"{fob}: Bukan angka yang dapat dibaca."
    assert found[1][sent.titles["exporter_npwp"]] == "012345678901234"
    assert found[1][sent.titles["item_description"]] == "=Meja"
    event, = sent.events("exported")
    assert (event.agency, event.load_id, "4 baris" in event.reason) == ("bc", sent.loads()["januari.csv"].load_id, True)
    assert event.decided_by


def test_the_same_rows_give_the_same_bytes(sent):
    assert sent.export("bc", "a.xlsx").read_bytes() == sent.export("bc", "b.xlsx").read_bytes()


def test_a_mended_row_is_loaded_and_its_entry_closed(sent):
    fob, office_code = sent.titles["item_fob"], sent.titles["office_code"]

    def change(row):
        if row["Lumbung: baris"] == "3":
            return {**row, fob: 250.5}                       # typed as a number, as people do
        if row["Lumbung: baris"] == "4":
            return {**row, FIX: "75"}                        # one wrong column: the value beside the row
        return {**row, office_code: "0501"} if row["Lumbung: baris"] == "5" else row

    done = returning.replay(sent.home, mend(sent.export("bc"), sent.folder / "diperbaiki.xlsx", change))
    assert {k: done[k] for k in ("loads", "rows", "mended", "still_wrong", "left_open", "mended_before")} == {
        "loads": 1, "rows": 4, "mended": 3, "still_wrong": 1, "left_open": 0, "mended_before": 0}
    parent, child = sent.loads()["januari.csv"], sent.loads()["diperbaiki.xlsx"]
    assert (child.status, child.parent_load_id, child.feed, child.agency) == ("loaded", parent.load_id, "peb", "bc")
    assert (parent.rows_quarantined, parent.rows_accepted) == (4, 6)
    assert sent.accepted("peb", "load_id, row_number, item_fob::varchar")[6:] == [
        (child.load_id, 2, "100.25"), (child.load_id, 3, "250.50"),
        (child.load_id, 4, "75.00")]
    assert sorted(sent.quarantine()) == sorted([
        ("januari.csv", 2, "", "document_incomplete", "mended"), ("januari.csv", 3, "item_fob", "bad_number", "mended"),
        ("januari.csv", 4, "item_fob", "missing_value", "mended"),
        ("januari.csv", 5, "office_code", "bad_pattern", "resent"),
        ("diperbaiki.xlsx", 5, "office_code", "bad_pattern", "open")])
    event, = sent.events("mended")
    assert (event.load_id, event.by_load_id, event.rows) == (parent.load_id, child.load_id, {"": [2, 3, 4]})
    payload = sent.home.landing / "peb" / child.sha256 / "payload"
    assert payload.read_bytes() == (sent.folder / "diperbaiki.xlsx").read_bytes()


def test_the_list_shows_what_is_open_and_all_of_it_when_asked(sent, warm_command):
    returning.replay(sent.home, mend(sent.export("bc"), sent.folder / "m.xlsx", lambda row: {
        **row, sent.titles["item_fob"]: "1"} if row["Lumbung: baris"] == "4" else None))

    def told(*words: str) -> str:
        done = warm_command.run("quarantine", "list", *words, environment={
            **os.environ, "LUMBUNG_HOME": str(sent.home.root), "COLUMNS": "250"})
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert ("mended" in told("--rows"), told("--rows").count(" open")) == (False, 3)
    assert ("mended" in told("--rows", "--all"), told("--all").count(" open")) == (True, 3)
    assert sorted(entry["status"] for entry in json.loads(told("--json"))) == ["mended", "open", "open", "open"]


def test_what_was_still_wrong_can_be_mended_in_a_second_round(sent):
    office_code = sent.titles["office_code"]
    first = mend(sent.export("bc"), sent.folder / "1.xlsx", lambda r: r if r["Lumbung: baris"] == "5" else None)
    assert returning.replay(sent.home, first)["left_open"] == 3
    assert returning.replay(sent.home, first)["redelivered"] == 1
    assert (sent.loads()["1.xlsx"].status, sent.open_rows()) == (
        "rejected", {("januari.csv", n) for n in (2, 3, 4)} | {("1.xlsx", 5)})
    second = sent.export("bc", "lagi.xlsx")
    assert {r["Lumbung: kiriman"] for r in rows(second, "peb")} == {sent.loads()["januari.csv"].load_id}
    assert {r["Berkas asal"] for r in rows(second, "peb")} == {"januari.csv"}
    fob = sent.titles["item_fob"]
    done = returning.replay(sent.home, mend(second, sent.folder / "2.xlsx", lambda r: {
        **r, **{"3": {fob: "1"}, "4": {fob: "2"}, "5": {office_code: "050100"}}.get(r["Lumbung: baris"], {})}))
    assert (done["mended"], sent.open_rows()) == (4, set())
    assert len(sent.accepted("peb")) == 10


def test_deleted_rows_stay_open_and_a_workbook_counts_once(sent):
    fob = sent.titles["item_fob"]
    mended = mend(sent.export("bc"), sent.folder / "m.xlsx",
                  lambda r: {**r, fob: "1"} if r["Lumbung: baris"] == "4" else None)
    assert returning.replay(sent.home, mended)["left_open"] == 3
    assert sent.open_rows() == {("januari.csv", n) for n in (2, 3, 5)}
    again = returning.replay(sent.home, mended)
    assert (again["loads"], again["redelivered"], len(sent.accepted("peb"))) == (0, 1, 7)
    assert [x["status"] for x in intake.loads_table(sent.home) if x["file_name"] == "m.xlsx"] == [
        "loaded", "redelivered"]


def test_a_row_mended_twice_is_loaded_once(sent):
    fob = sent.titles["item_fob"]
    out = sent.export("bc")

    def fourth(value):
        return lambda r: {**r, fob: value} if r["Lumbung: baris"] == "4" else None

    returning.replay(sent.home, mend(out, sent.folder / "a.xlsx", fourth("1")))
    done = returning.replay(sent.home, mend(out, sent.folder / "b.xlsx", fourth("2")))
    assert (done["mended"], done["mended_before"]) == (0, 1)
    assert [r for r in sent.accepted("peb", "row_number, item_fob::int") if r[0] == 4] == [(4, 1)]


def test_withdrawing_a_replay_opens_its_rows_again(sent):
    fob = sent.titles["item_fob"]
    returning.replay(sent.home, mend(sent.export("bc"), sent.folder / "m.xlsx",
                                     lambda r: {**r, fob: "1"} if r["Lumbung: baris"] == "4" else None))
    child = sent.loads()["m.xlsx"].load_id
    returns.withdraw(sent.home, child[:8], "salah tulis")
    assert ("januari.csv", 4) in sent.open_rows()
    returns.restore(sent.home, child)
    assert ("januari.csv", 4) not in sent.open_rows()


def test_a_workbook_may_hold_several_feeds_and_files(sent):
    sent.send("peb/bc/februari.csv", peb([item(8), item(9, item_fob="x")]))
    path = sent.export("bc")
    fob = sent.titles["item_fob"]
    done = returning.replay(sent.home, mend(path, sent.folder / "m.xlsx", lambda r: {
        **r, fob: "5", sent.titles["office_code"]: "050100"}))
    assert (done["loads"], done["mended"], sent.open_rows()) == (2, 5, set())
    parents = {load.parent_load_id for load in ledger.loads(sent.home).values()} - {""}
    assert parents == {sent.loads()["januari.csv"].load_id, sent.loads()["februari.csv"].load_id}


def test_a_line_that_could_not_be_split_comes_with_its_text(office):
    office.send("peb/bc/a.csv", peb([item(1), item(2)]) + "satu,dua,tiga\n")
    row, = rows(office.export("bc"), "peb")
    assert row["Teks asal"] == "satu,dua,tiga"
    good = {contract_of("peb").column(name).synonyms[0]: text for name, text in item(3).items()}
    done = returning.replay(office.home, mend(office.folder / "kembali.xlsx", office.folder / "m.xlsx",
                                              lambda r: {**r, **good}))
    assert (done["mended"], office.open_rows()) == (1, set())


def test_a_crash_after_landing_is_taken_up_by_the_next_run(sent):
    fob = sent.titles["item_fob"]
    mended = mend(sent.export("bc"), sent.folder / "m.xlsx",
                  lambda r: {**r, fob: "1"} if r["Lumbung: baris"] == "4" else None)
    returns.bring_back(sent.home, mended)
    assert sent.loads()["m.xlsx"].status == "landed"
    sent.take_in()
    assert (sent.loads()["m.xlsx"].status, ("januari.csv", 4) in sent.open_rows()) == ("loaded", False)


@pytest.mark.parametrize(("change", "says"), [
    (lambda r: {**r, "Lumbung: kiriman": "f" * 20}, "does not know"),
    (lambda r: {**r, "Lumbung: baris": {"5": "1"}.get(r["Lumbung: baris"], r["Lumbung: baris"])}, "not in quarantine"),
    (lambda r: {**r, "Lumbung: kiriman": ""}, "which row it was"),
    (lambda r: {**r, "Lumbung: baris": "4"}, "twice"),
    (lambda r: {**r, "Perbaikan": "1"}, "not one column"),
    (lambda r: None, "no rows"),
])
def test_what_is_none_of_ours_is_refused_before_it_lands(sent, change, says):
    mended = mend(sent.export("bc"), sent.folder / "m.xlsx", change)
    before = len(ledger.events(sent.home))
    with pytest.raises(LumbungError, match=says) as caught:
        returning.replay(sent.home, mended)
    assert caught.value.where
    assert caught.value.todo
    assert len(ledger.events(sent.home)) == before


def test_a_foreign_file_is_refused(sent):
    for name, content in (("a.xlsx", b"no workbook"), ("b.csv", b"a,b\n1,2\n")):
        (sent.folder / name).write_bytes(content)
        with pytest.raises(LumbungError, match="workbook"):
            returning.replay(sent.home, sent.folder / name)
    with pytest.raises(LumbungError, match="no such file"):
        returning.replay(sent.home, sent.folder / "none.xlsx")
    with pytest.raises(LumbungError, match="Nothing is open"):
        sent.export("dinas-lain")


def test_groups_count_what_is_open(sent):
    groups = intake.quarantine_groups(sent.home)
    assert [(g["agency"], g["feed"], g["reason_code"], g["rows"], g["columns"], g["newest_file"]) for g in groups] == [
        ("bc", "peb", code, 1, columns, "januari.csv") for code, columns in (
            ("bad_number", ["item_fob"]), ("bad_pattern", ["office_code"]), ("document_incomplete", []),
            ("missing_value", ["item_fob"]))]


def test_nothing_is_left_beside_the_files(sent):
    returning.replay(sent.home, sent.export("bc"))
    assert [p for p in sent.home.scratch.rglob("*") if p.is_file() and "profiles" not in p.parts] == []
    assert sorted(path.name for path in sent.folder.iterdir()) == ["home", "kembali.xlsx"]
