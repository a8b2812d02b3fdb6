"""A row comes back once, as part of its document, and only while the load it came in stands."""

import pytest
from returned_files import item, peb
from returning_office import mend, rows
from test_load_decisions import looser_peb, own_contracts, pinned  # noqa: F401 - a fixture among them

from lumbung import returning
from lumbung.contracts import contract_of
from lumbung.errors import LumbungError
from lumbung.intake import returns
from lumbung.lake import ledger
from lumbung.transform import pin

FOB, OFFICE = (contract_of("peb").column(name).synonyms[0] for name in ("item_fob", "office_code"))


def sent(office, *bad):
    """Ten sound documents in front of the bad rows."""
    office.send("peb/bc/a.csv", peb([*(item(n) for n in range(10, 20)), *bad]))
    return office.loads()["a.csv"]


def amounts(office, number: int) -> list[int]:
    return [fob for row, fob in office.accepted("peb", "row_number, item_fob::int") if row == number]


def mended(office, out, name, value):
    return mend(out, office.folder / name, lambda r: {**r, FOB: value})


def test_two_replays_that_wait_together_mend_a_row_once(office):
    sent(office, item(1, item_fob="x"), item(2, item_fob="y"))
    out = office.export("bc")
    first = mend(out, office.folder / "1.xlsx", lambda r: {**r, FOB: "1"} if r["Lumbung: baris"] == "11" else None)
    for path in (first, mended(office, out, "2.xlsx", "2")):
        returns.bring_back(office.home, path)
    office.take_in()
    both = [office.loads()[name] for name in ("1.xlsx", "2.xlsx")]
    done, refused = sorted(both, key=lambda load: load.status)
    assert (done.status, refused.status, refused.reason_code) == ("loaded", "rejected", "mended_before")
    assert done.load_id in refused.reason
    assert len(amounts(office, 11)) == 1
    returning.replay(office.home, office.folder / refused.file_name)
    assert (len(amounts(office, 11)), len(amounts(office, 12)), office.open_rows()) == (1, 1, set())


def test_a_replay_waits_for_its_held_load_and_goes_with_it(office):
    office.send("peb/bc/a.csv", peb([item(1), item(2, item_fob="x"), item(3, item_fob="x"), item(4, item_fob="x")]))
    load = office.loads()["a.csv"]
    returning.replay(office.home, mended(office, office.export("bc"), "m.xlsx", "1"))
    assert (load.status, pinned(office, "r1")) == ("held", set())
    returns.release(office.home, load.load_id)
    assert pinned(office, "r2") == {"a.csv", "m.xlsx"}
    returns.withdraw(office.home, load.load_id, "salah bulan")
    assert pinned(office, "r3") == set()
    returns.restore(office.home, load.load_id)
    assert pinned(office, "r4") == {"a.csv", "m.xlsx"}


def test_what_a_person_refused_is_not_mended(office):
    office.send("peb/bc/a.csv", peb([item(1), *(item(n, item_fob="x") for n in range(2, 5))]))
    path = mended(office, office.export("bc"), "m.xlsx", "1")
    returns.refuse(office.home, office.loads()["a.csv"].load_id, "salah format")
    with pytest.raises(LumbungError, match="rejected") as caught:
        returning.replay(office.home, path)
    assert "whole file" in caught.value.todo
    with pytest.raises(LumbungError, match="Nothing is open"):
        office.export("bc")


def test_a_replay_of_what_was_mended_meanwhile_is_not_restored(office):
    sent(office, item(1, item_fob="x"))
    out = office.export("bc")
    returning.replay(office.home, mended(office, out, "1.xlsx", "1"))
    first = office.loads()["1.xlsx"].load_id
    returns.withdraw(office.home, first, "salah")
    returning.replay(office.home, mended(office, out, "2.xlsx", "2"))
    with pytest.raises(LumbungError, match="mended again"):
        returns.restore(office.home, first)
    assert amounts(office, 11) == [2]


def test_a_document_comes_back_whole(office):
    sent(office, item(1, 1, item_fob="x"), item(1, 2))
    alone = mend(office.export("bc"), office.folder / "1.xlsx",
                 lambda r: {**r, FOB: "1"} if r["Lumbung: baris"] == "11" else None)
    assert returning.replay(office.home, alone)["mended"] == 0
    assert office.open_rows() == {("1.xlsx", 11), ("a.csv", 12)}
    second = mended(office, office.export("bc", "lagi.xlsx"), "2.xlsx", "1")
    assert [r[FOB] for r in rows(second, "peb")] == ["1", "1"]
    assert (returning.replay(office.home, second)["mended"], office.open_rows()) == (2, set())


def test_an_emptied_row_makes_the_same_workbook_nothing_new(office):
    sent(office, item(1, item_fob="x"))
    office.send("peb/bc/b.csv", peb([*(item(n) for n in range(30, 40)), item(2, item_fob="x")]))
    second = office.loads()["b.csv"].load_id
    path = mend(office.export("bc"), office.folder / "m.xlsx", lambda r: {**r, FOB: "1"} if (
        r["Lumbung: kiriman"] != second) else {k: v if list(r).index(k) < 10 else "" for k, v in r.items()})
    assert returning.replay(office.home, path)["cleared"] == 1
    again = returning.replay(office.home, path)
    assert (again["loads"], again["redelivered"]) == (0, 2)


def test_what_a_load_takes_itself_once_it_is_read_again_counts_once(office, own_contracts):  # noqa: F811
    old = sent(office, item(1, office_code="94"), item(2, item_fob="x"))
    out = office.export("bc")
    path = mend(out, office.folder / "m.xlsx", lambda r: {**r, **{"11": {OFFICE: "050100"}, "12": {FOB: "7"}}[
        r["Lumbung: baris"]]})
    returning.replay(office.home, path)
    looser_peb(own_contracts)
    assert returning.retype(office.home, "peb")["loaded"] == 2
    state = ledger.loads(office.home)
    new = state[old.load_id].superseded_by
    kept = [load for load in pin(office.home, "r1") if load["file_name"] == "m.xlsx"]
    assert [(x["rows_accepted"], state[x["load_id"]].parent_load_id) for x in kept] == [(1, new)]
    assert (len(amounts(office, 11)), amounts(office, 12), office.open_rows()) == (1, [7], set())
    assert returning.retype(office.home, "peb")["loads"] == 0
    assert returning.replay(office.home, path)["loads"] == 0


def test_a_workbook_of_before_a_retyping_finds_its_rows(office, own_contracts):  # noqa: F811
    content = peb([*(item(n) for n in range(10, 20)), item(1, item_fob="x"), item(2, item_fob="y")])
    titles, _, below = content.partition("\n")
    office.send("peb/bc/a.csv", f"{titles}\n{',' * titles.count(',')}\n{below}")
    out = office.export("bc")
    assert [r["Lumbung: baris"] for r in rows(out, "peb")] == ["12", "13"]
    looser_peb(own_contracts)
    # The blank line is part of the header now: every row is another one.
    (own_contracts / "peb.layouts.yaml").write_text("- agency: bc\n  header_rows: 2\n")
    returning.retype(office.home, "peb")
    before = office.open_rows()
    path = mend(out, office.folder / "m.xlsx", lambda r: {**r, FOB: "1" if r["Lumbung: baris"] == "12" else "2"})
    returning.replay(office.home, path)
    assert (before, office.open_rows()) == ({("a.csv", 11), ("a.csv", 12)}, set())
    assert (amounts(office, 11), amounts(office, 12)) == ([1], [2])
