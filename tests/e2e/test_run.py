"""`lumbung run` from an inbox to a release."""

import json
import random
import time

KILLS = 12


def test_every_file_is_in_the_release(clean_run, small_inbox):
    sent = sum(1 for p in small_inbox.rglob("*") if p.is_file())
    assert len(clean_run.manifest["loads"]) == sent
    assert {load["status"] for load in clean_run.data("loads")} == {"loaded"}
    assert not [p for p in (clean_run.root / "inbox").rglob("*") if p.is_file()]


def test_a_second_delivery_is_recorded_and_changes_nothing(office_after_run, small_inbox):
    office = office_after_run
    first = office.manifest
    sent = office.send(small_inbox)
    assert "Nothing changed" in office.lumbung("run")
    assert office.manifest == first
    assert len(office.data("releases")) == 1
    statuses = [load["status"] for load in office.data("loads")]
    assert statuses.count("loaded") == sent
    assert statuses.count("redelivered") == sent


def test_bad_files_are_rejected_with_a_reason_and_the_others_load(office, small_inbox, clean_run):
    sent = office.send(small_inbox)
    office.put("ska/ipska-jabar/rusak.xlsx", b"PK\x03\x04 this is no workbook")
    office.put("ska/ipska-jabar/kosong.csv", b"")
    office.put("peb/bea-cukai/lain.csv", "Warna,Rasa\nmerah,manis\n")
    office.put("pebb/bea-cukai/salah-folder.csv", "Nomor Aju\n1\n")
    office.installed_lumbung("run")
    statuses = [load["status"] for load in office.data("loads")]
    loads = {load["file_name"]: load for load in office.data("loads")}
    # Of a file in no feed's folder the ledger keeps the place too: its name alone would not find it again.
    bad = {name: loads[name] for name in ("rusak.xlsx", "kosong.csv", "lain.csv", "pebb/bea-cukai/salah-folder.csv")}
    assert {load["status"] for load in bad.values()} == {"rejected"}
    assert all(len(load["reason"]) > 20 for load in bad.values()), bad
    assert statuses.count("loaded") == sent
    for load in bad.values():
        assert list((office.root / "lake" / "landing").glob(f"*/{load['sha256']}/payload")), load
    assert office.manifest["content_hash"] == clean_run.manifest["content_hash"]


def test_killed_at_random_moments_and_run_again_gives_the_same_marts(office, small_inbox, clean_run):
    seed = time.time_ns() % 1_000_000
    print(f"seed {seed}")
    dice = random.Random(seed)
    office.send(small_inbox)
    killed = 0
    # Short ones first: what a run has done is left to the next, and one that comes to its end leaves nothing to kill.
    for seconds in sorted(dice.uniform(0, clean_run.run_seconds) for _ in range(KILLS)):
        run = office.start("run")
        if not run.ended(seconds):
            run.kill()
            killed += 1
        run.result()
    assert killed, "no run was killed: the moments are too late"
    office.lumbung("run")
    assert office.manifest["content_hash"] == clean_run.manifest["content_hash"]
    assert {load["status"] for load in office.data("loads")} == {"loaded"}
    assert len(office.data("releases")) == 1


def test_a_critical_failure_stops_before_anything_is_published(office_after_run, small_inbox):
    office = office_after_run
    before = office.manifest
    source = sorted(small_inbox.glob("peb/*/*.jsonl"))[0]
    document = json.loads(source.read_text(encoding="utf-8").splitlines()[0])
    # Registered a year before the date inside its own submission number.
    document["nomorAju"] = document["nomorAju"][:20] + "999999"
    document["tanggalDaftar"] = f"{int(document['nomorAju'][12:16]) - 1}-01-01"
    office.put("peb/bea-cukai/keliru.json", json.dumps(document))
    said = office.lumbung("run", fails=True)
    assert "registered_not_before_submitted" in said
    (load,) = [load for load in office.data("loads") if load["file_name"] == "keliru.json"]
    assert load["load_id"] in said
    assert office.manifest == before
    assert len(office.data("releases")) == 1
