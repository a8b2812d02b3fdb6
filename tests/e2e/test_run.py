"""`lumbung run` from an inbox to a release. KILLS=12 tells how often a run is killed."""

import json
import os
import random
import re
import shlex
import time

import duckdb
from planted import registered_too_early, renumbered

KILLS = int(os.environ.get("KILLS", "8"))


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


def released(root) -> dict:
    """Everything under releases/, hidden or not: bytes of files, where links point, rights."""
    return {str(path.relative_to(root)): (path.readlink() if path.is_symlink() else
                                          path.read_bytes() if path.is_file() else "folder", path.lstat().st_mode)
            for path in sorted((root / "releases").rglob("*"))}


def test_a_critical_failure_publishes_nothing_until_the_load_it_names_is_withdrawn(office_after_run, small_inbox):
    office = office_after_run
    before = released(office.root)
    office.put("peb/bea-cukai/keliru.json", registered_too_early(small_inbox))
    said = office.lumbung("run", fails=True)
    (load,) = [load for load in office.data("loads") if load["file_name"] == "keliru.json"]
    withdraw = f'lumbung loads withdraw {load["load_id"]} --reason "registered_not_before_submitted"'
    for part in ("stg_peb__items: registered_not_before_submitted, ", "999999 item_number=1",
                 f"{load['load_id']} (peb/bea-cukai/keliru.json)", withdraw):
        assert part in said
    assert released(office.root) == before
    (run_id,) = re.findall(r"lumbung check failures --run (\S+)", said)
    rows = office.data("check", "failures", "--run", run_id, "--check", "registered_not_before_submitted")
    assert {(row["step"], row["load_id"], row["agency"]) for row in rows} == {
        ("staging", load["load_id"], "bea-cukai")}
    query = said.partition("query: ")[2].partition("\n")[0]
    with duckdb.connect(str(office.root / "build" / "warehouse.duckdb"), read_only=True) as connection:
        assert len(connection.execute(query).fetchall()) == len(rows) > 0
    assert "registered_not_before_submitted" in office.lumbung("check", "--step", "staging", fails=True)
    office.lumbung(*shlex.split(withdraw)[1:])
    office.put("peb/bea-cukai/benar.json", json.dumps(renumbered(small_inbox, "999998")))
    assert "Release" in office.lumbung("run")
    now = {one["file_name"] for one in office.manifest["loads"]}
    assert "benar.json" in now
    assert "keliru.json" not in now
    assert {gate["step"]: gate["passed"] for gate in office.manifest["gates"]} == {
        "raw": True, "staging": True, "marts": True}
    report = office.root / "releases" / "current" / "internal" / "report"
    kept_out = (report / "quality.html").read_text().partition('id="tertahan"')[2]
    assert f"lumbung check failures --run {run_id} --check registered_not_before_submitted" in kept_out
    assert 'href="quality.html"' in next(report.glob("peringkat-*.html")).read_text()
    assert not any(b"quality.html" in path.read_bytes() for path in (report.parent.parent / "public").iterdir())
