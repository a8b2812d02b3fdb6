"""What is taken out of the inbox, and what is left alone."""

import json
import os
import time

import pytest
from intake_files import csv_of, item

from lumbung import intake
from lumbung.contracts import contracts
from lumbung.lake import ledger

CSV = csv_of([item()])


def test_a_file_still_being_written_waits(lake):
    lake.drop("peb/bc/new.csv", CSV)
    old = lake.drop("peb/bc/old.csv", CSV + " ")
    os.utime(old, (time.time() - 60,) * 2)
    assert [b.files for b in lake.plan(settle_seconds=30)] == [("peb/bc/old.csv",)]
    assert 25 < intake.waiting(lake.home, list(contracts()), 30) <= 30
    assert intake.waiting(lake.home, list(contracts()), 0) == 0


def test_a_clock_ahead_of_ours_does_not_keep_a_file_waiting_for_ever(lake):
    path = lake.drop("peb/bc/a.csv", CSV)
    os.utime(path, (time.time() + 86400,) * 2)
    time.sleep(0.05)
    assert lake.plan(settle_seconds=0.01)


@pytest.mark.parametrize("name", [".hidden.csv", "a.csv.part", "b.tmp", "~$c.xlsx", ".folder/d.csv"])
def test_hidden_and_half_sent_files_stay(lake, name):
    path = lake.drop(f"peb/bc/{name}", CSV)
    assert lake.plan() == []
    assert path.exists()


def test_batches_are_bounded_and_of_one_feed(lake, monkeypatch):
    for i in range(203):
        lake.drop(f"peb/bc/{i:03}.csv", "x")
    lake.drop("ska/ipska/a.csv", "x")
    assert [(b.feed, len(b.files)) for b in lake.plan()] == [("peb", 200), ("peb", 3), ("ska", 1)]
    monkeypatch.setattr(intake.batches, "BYTES_A_BATCH", 100)
    assert {len(b.files) for b in lake.plan() if b.feed == "peb"} == {100, 3}


def test_a_batch_goes_through_json(lake):
    lake.drop("peb/bc/a.csv", CSV)
    batch, = lake.plan()
    assert intake.Batch.from_dict(json.loads(json.dumps(batch.as_dict()))) == batch


@pytest.mark.parametrize("place", ["a.csv", "peb/b.csv", "nowhere/bc/c.csv"])
def test_a_stray_file_is_landed_and_refused_with_what_to_do(lake, place):
    path = lake.drop(place, CSV)
    summary, = lake.take_in()
    load, = intake.loads_table(lake.home)
    assert not path.exists()
    assert (load["status"], load["feed"], summary["rejected"]) == ("rejected", "_stray", 1)
    assert "inbox/<feed>/<instansi>/" in load["reason"]
    assert "exchange_rate" in load["reason"]
    assert (lake.home.landing / "_stray" / load["sha256"] / "payload").read_text() == CSV


def test_symbolic_links_are_not_followed(lake, tmp_path, caplog):
    secret = tmp_path / "secret.csv"
    secret.write_text(CSV)
    (lake.home.inbox / "peb/bc").mkdir(parents=True)
    (lake.home.inbox / "peb/bc/link.csv").symlink_to(secret)
    (lake.home.inbox / "peb/other").symlink_to(tmp_path)
    assert lake.plan() == []
    assert "link.csv" in caplog.text
    assert "other" in caplog.text


def test_odd_names_are_only_data(lake):
    names = ["baris\nbaru.csv", "'; drop table.csv", "%2e%2e%2f..%2fetc.csv", "é ü.csv", "x" * 251 + ".csv",
             os.fsdecode(b"\xff\xfe.csv")]
    for i, name in enumerate(names):
        lake.drop(f"peb/bc/{name}", csv_of([item(i)]))
    lake.take_in()
    found = intake.loads_table(lake.home)
    assert [x["status"] for x in found] == ["loaded"] * len(names)
    assert {"baris\\nbaru.csv", "é ü.csv", "\\udcff\\udcfe.csv"} <= {x["file_name"] for x in found}
    assert all(p.name in ("payload",) or len(p.name) == 64 for p in lake.home.landing.glob("peb/**/*"))


def test_the_same_bytes_again_are_a_redelivery(lake):
    lake.drop("peb/bc/a.csv", CSV)
    lake.take_in()
    lake.drop("peb/bc/again.csv", CSV)
    lake.drop("peb/other/a.csv", CSV)
    summary, = lake.take_in()
    assert (summary["accepted"], summary["redelivered"]) == (1, 1)
    first, *together = intake.loads_table(lake.home)
    assert (first["file_name"], first["agency"], first["status"]) == ("a.csv", "bc", "loaded")
    assert sorted((x["file_name"], x["agency"], x["status"]) for x in together) == [
        ("a.csv", "other", "loaded"), ("again.csv", "bc", "redelivered")]
    assert len(lake.accepted("peb")) == 2


def test_the_same_bytes_twice_in_one_batch_are_read_once(lake):
    lake.drop("peb/bc/a.csv", CSV)
    lake.drop("peb/bc/b.csv", CSV)
    lake.take_in()
    assert sorted(x["status"] for x in intake.loads_table(lake.home)) == ["loaded", "redelivered"]
    assert len(lake.accepted("peb")) == 1


def test_a_rejected_file_may_be_sent_again(lake):
    lake.drop("peb/bc/a.csv", CSV)
    batch, = lake.plan()
    landed = intake.land(lake.home, batch)
    typed = intake.type_loads(lake.home, "peb", batch.batch_id, landed)
    intake.judge(lake.home, typed, {landed[0].load_id: "tanggal di luar rentang"})
    assert "tanggal di luar rentang" in lake.loads()["a.csv"]["reason"]
    assert lake.accepted("peb") == []
    lake.drop("peb/bc/a.csv", CSV)
    lake.take_in()
    assert lake.loads()["a.csv"]["status"] == "loaded"
    assert len(lake.accepted("peb")) == 1


def test_a_file_written_again_while_it_lands_is_not_lost(lake, monkeypatch):
    lake.drop("peb/bc/a.csv", CSV)
    batch, = lake.plan()
    before = ledger.record

    def sender_writes_meanwhile(home, events):
        lake.drop("peb/bc/a.csv", csv_of([item(2)]))
        before(home, events)

    monkeypatch.setattr(ledger, "record", sender_writes_meanwhile)
    intake.land(lake.home, batch)
    monkeypatch.undo()
    lake.take_in()
    assert len(lake.accepted("peb")) == 2


def test_a_file_that_grows_while_it_is_copied_goes_back(lake, monkeypatch):
    path = lake.drop("peb/bc/a.csv", CSV)
    handle = path.open("ab")
    batch, = lake.plan()
    fsync = os.fsync

    def sender_goes_on(number):
        handle.write(b"more")
        handle.flush()
        fsync(number)

    monkeypatch.setattr(os, "fsync", sender_goes_on)
    assert intake.land(lake.home, batch) == []
    monkeypatch.undo()
    assert path.read_text().endswith("more")
    assert intake.loads_table(lake.home) == []


def test_a_live_claim_is_left_to_its_worker(lake):
    lake.drop("peb/bc/a.csv", CSV)
    batch, = lake.plan()
    with intake.claims.Claims(lake.home.inbox, batch.batch_id) as claims:
        assert claims.take(batch.files[0])
        assert lake.plan() == []
    assert len(lake.plan()) == 1
    lake.take_in()
    assert [x["status"] for x in intake.loads_table(lake.home)] == ["loaded"]
    assert list((lake.home.inbox / "peb/bc").iterdir()) == []


def test_a_load_without_a_verdict_is_taken_up_again(lake):
    lake.drop("peb/bc/a.csv", CSV)
    batch, = lake.plan()
    intake.land(lake.home, batch)
    assert lake.loads()["a.csv"]["status"] == "landed"
    again, = lake.plan()
    assert (again.files, len(again.load_ids)) == ((), 1)
    lake.take_in()
    assert lake.loads()["a.csv"]["status"] == "loaded"
