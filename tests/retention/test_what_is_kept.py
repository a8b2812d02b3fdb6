"""What nothing needs any more goes, what the ledger says of it is true, and a dead run's rest goes the next time."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from kept_office import AT_ONCE, BAD
from returned_files import item

from lumbung import publish
from lumbung.deliveries import day_of, today
from lumbung.lake import ledger
from lumbung.privacy import landed

NOTHING_LEFT = "raw_value is null and raw_row = '{\"removed\": \"\"}'"


def test_a_file_goes_on_the_day_after_its_last_and_not_before(kept):
    kept.send_peb("ditolak.csv", [item(1, item_fob=BAD)])
    came = day_of(kept.load("ditolak.csv").judged_at)
    for days, due in ((364, []), (365, ["ditolak.csv"])):
        assert kept.due("files", "--as-of", str(came + timedelta(days=days))) == due
    assert kept.due("files", "--as-of", "2999-01-01", LUMBUNG_KEEP_FILES_DAYS="forever") == []
    assert kept.bytes_of("ditolak.csv").is_file()


def test_the_same_bytes_of_another_agency_and_a_tombstone_keep_a_file(kept):
    rows = [*(item(n) for n in range(1, 4))]
    kept.send_peb("satu.csv", rows)
    kept.send_peb("dua.csv", rows, agency="bea-cukai-lain")
    kept.send_peb("ditolak.csv", [item(9, item_fob=BAD)])
    kept.lumbung("loads", "withdraw", kept.load("satu.csv").load_id, "--reason", "a test")
    assert kept.due("files", **AT_ONCE) == ["ditolak.csv"]
    (kept.bytes_of("ditolak.csv").parent / landed.TOMBSTONE).write_text("{}")
    assert kept.due("files", **AT_ONCE) == []
    kept.lumbung("loads", "withdraw", kept.load("dua.csv").load_id, "--reason", "a test")
    assert kept.due("files", **AT_ONCE) == ["dua.csv", "satu.csv"]


def test_open_rows_stay_and_are_told_of(kept):
    kept.send_peb("cacat.csv", [*(item(n) for n in range(1, 11)), item(11, item_fob=BAD)])
    day = day_of(kept.load("cacat.csv").judged_at) + timedelta(days=90)
    plan = kept.retention("--dry-run", "--as-of", str(day))
    assert [(one["agency"], one["feed"], one["rows"]) for one in plan["open"]] == [("bea-cukai", "peb", 1)]
    assert kept.retention("--dry-run", "--as-of", str(day - timedelta(days=1)))["open"] == []
    kept.retention(**AT_ONCE)
    assert kept.rows("quarantine", "raw_value") == [(BAD,)]


def test_rows_that_were_mended_are_found_again_without_their_text(kept, tmp_path):
    """A contract that changes reads file and workbook again: what the workbook mended stays mended."""
    kept.send_mended("cacat.csv", 20)
    kept.retention(**AT_ONCE)
    assert kept.rows("quarantine", "raw_value, raw_row like '%Tercela%'") == [(None, False)]
    assert [(event.file_name, event.rows) for event in kept.events("removed")] == [("cacat.csv", {"": [11]})]
    own = tmp_path / "own"
    own.mkdir()
    (own / "peb.layouts.yaml").write_text('- agency: bea-cukai\n  synonyms: {quantity_unit: [Satuannya]}\n')
    kept.lumbung("loads", "retype", "--feed", "peb", LUMBUNG_CONTRACTS=str(own))
    assert [(row[-1]) for row in kept.quarantine() if row[0] == "cacat.csv"] == ["mended"]
    assert len(kept.accepted("peb")) == 11
    plan = kept.retention(**AT_ONCE, LUMBUNG_CONTRACTS=str(own))
    assert sorted(one["kind"] for one in plan["due"]) == ["readings", "readings", "values"]
    assert len(kept.rows("raw", "load_id")) == 11
    assert len(kept.accepted("peb")) == 11
    assert kept.retention(**AT_ONCE, LUMBUNG_CONTRACTS=str(own))["due"] == []


def test_a_row_whose_mending_was_withdrawn_later_is_asked_for_as_a_whole_file(kept):
    kept.send_mended("cacat.csv", 20)
    kept.retention(**AT_ONCE)
    replay = next(load for load in ledger.loads(kept.home).values() if load.parent_load_id)
    kept.lumbung("loads", "withdraw", replay.load_id, "--reason", "a test")
    out = str(kept.folder / "lagi.xlsx")
    told = kept.lumbung("quarantine", "export", "--agency", "bea-cukai", "--out", out, fails=1)
    assert "1 rows of cacat.csv (peb): retention removed what the row said" in told
    assert "send it again" in told


DIES = """
import os, signal
from lumbung.retention import files, rows
{place} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from lumbung.cli import main
main()
"""


@pytest.mark.parametrize("place", ["files.remove", "files.shutil.rmtree", "rows.remove_typed", "rows.remove_texts"])
def test_what_a_killed_run_left_goes_the_next_time_and_is_told_once(many_ends, kept, place):
    shutil.rmtree(kept.home.root)
    shutil.copytree(many_ends.home.root, kept.home.root)
    done = subprocess.run([sys.executable, "-c", DIES.format(place=place), "retention"], check=False,
                          env=kept.environment(**AT_ONCE), capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    told = len(kept.events("removed"))
    assert told == 4
    kept.retention(**{**AT_ONCE, "LUMBUNG_KEEP_FILES_DAYS": "365"})
    assert len(kept.events("removed")) == told
    assert not kept.rows("raw", "*", "exporter_name = 'CV Tertarik'")
    assert not kept.rows("quarantine", "*", "raw_row like '%CV Te%' or raw_row like '%CV Rahasia%'")
    assert not [path for path in kept.home.landing.glob("peb/*") if path.name.startswith(".")]
    for name in ("ditolak.csv", "ditarik.csv", "dipakai.csv"):
        assert not kept.bytes_of(name).parent.exists()
    before = kept.everything()
    assert kept.retention(**AT_ONCE)["due"] == []
    assert kept.everything() == before


def test_what_lies_about_goes_by_its_age(kept):
    root, old = kept.home.root, today() - timedelta(days=401)
    made = {
        "scratch": ["scratch/profiles/a.parquet", "scratch/half", "lake/raw/peb/died.parquet",
                    "lake/landing/peb/.0f3a", "lake/quarantine/peb/.b.parquet.1a2b3c4d.tmp"],
        "runs": ["build/runs/run-1/pin.json"], "failures": [f"lake/quality/failures/marts/{old}/run-1.parquet"],
        "alerts": [f"alerts/{old}.jsonl"], "lineage": ["lineage/2020-01-01.jsonl"],
        "logs": ["airflow/logs/dag_id=warehouse/run_id=1/task_id=pin/attempt=1.log"]}
    stays = ["scratch/profiles/b.parquet", "build/runs/run-2/pin.json", "lake/raw/peb/comes.parquet",
             f"lake/quality/failures/marts/{today()}/run-2.parquet", f"lake/quality/results/marts/{old}/run-1.parquet",
             f"alerts/{today()}.jsonl", "airflow/logs/dag_id=warehouse/run_id=2/task_id=pin/attempt=1.log"]
    for name in [*(name for names in made.values() for name in names), *stays]:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        if name not in stays:
            for one in (path, path.parent):
                os.utime(one, (0, 0))
    shown = kept.retention("--dry-run")["due"]
    assert sorted(one["kind"] for one in shown) == sorted(
        [*(kind for kind, names in made.items() for _ in names)])
    assert kept.retention()["due"] == shown
    assert [name for name in stays if not (root / name).exists()] == []
    assert [name for names in made.values() for name in names if (root / name).exists()] == []
    assert not (root / "airflow/logs/dag_id=warehouse/run_id=1").exists()


@pytest.mark.parametrize(("name", "value"), [
    ("LUMBUNG_KEEP_FILES_DAYS", "a year"), ("LUMBUNG_KEEP_RELEASES", "0"), ("LUMBUNG_KEEP_SCRATCH_DAYS", "-1"),
    ("LUMBUNG_KEEP_LOGS_DAYS", "1.5")])
def test_a_setting_that_is_none_is_refused_by_name(kept, name, value):
    assert name in kept.lumbung("retention", fails=2, **{name: value})


def test_another_day_is_only_shown(kept):
    assert "--dry-run" in kept.lumbung("retention", "--as-of", "2030-01-01", fails=2)


# From here on one office, which has a release; each test goes on from the one before.


def test_what_a_release_was_made_of_stays_and_the_ledger_tells_what_went(released):
    counts = {row["file_name"]: row for row in json.loads(released.lumbung("loads", "--json"))}
    reasons = released.rows("quarantine", "load_id, sheet, row_number, document_key, column_name, reason_code")
    rows = released.rows("raw", "load_id", "exporter_name <> 'CV Tertarik'")
    assert released.due("files", **AT_ONCE) == ["ditarik.csv", "ditolak.csv"]
    plan = released.retention(**AT_ONCE)
    assert {one["kind"] for one in plan["due"]} == {"files", "values"}
    for name, is_there in (("ditolak.csv", False), ("ditarik.csv", False), ("dipakai.csv", True), ("baik.csv", True)):
        assert released.bytes_of(name).is_file() == is_there
    assert released.rows("quarantine", "load_id, sheet, row_number, document_key, column_name, reason_code") == reasons
    gone = {released.load(name).load_id for name in ("ditolak.csv", "ditarik.csv")}
    assert {load_id for load_id, in released.rows("quarantine", "load_id", NOTHING_LEFT)} == gone
    assert released.rows("raw", "load_id") == rows
    now = {row["file_name"]: row for row in json.loads(released.lumbung("loads", "--json"))}
    for name in ("ditolak.csv", "ditarik.csv"):
        assert f"dihapus menurut masa simpan pada {today()}" in now[name]["reason"]
        assert now[name]["reason"].startswith(counts[name]["reason"])
    assert [now[name] | {"reason": ""} for name in counts] == [counts[name] | {"reason": ""} for name in counts]


def test_after_it_the_release_is_whole_and_comes_out_the_same(released):
    released.lumbung("verify")
    assert "have the same bytes" in released.lumbung("rebuild")


def test_a_file_that_went_is_not_restored_and_comes_again_as_a_new_one(released):
    load = released.load("ditarik.csv")
    assert "removed by retention on" in released.lumbung("loads", "restore", load.load_id, fails=1)
    assert "not wanted now" in released.lumbung("quarantine", "replay", str(released.sent_back), fails=1)
    released.send_peb("ditarik.csv", [*(item(n, exporter_name="CV Tertarik") for n in range(50, 60)),
                                      item(60, item_fob=BAD, exporter_name="CV Tertarik")])
    again = released.load("ditarik.csv")
    assert (again.load_id, again.status, again.rows_accepted) == (load.load_id, "loaded", load.rows_accepted)
    assert released.bytes_of("ditarik.csv").is_file()
    assert ("ditarik.csv", 11) in released.open_rows()


def test_the_next_release_conserves_every_row_and_the_one_before_goes_with_its_files(released):
    before = released.lumbung("releases", "--json")
    [first] = json.loads(before)
    released.lumbung("run")
    with publish.current(released.home).connect() as connection:
        told = connection.execute("select file_name, load_status, rows_read, rows_skipped + rows_quarantined + "
                                  "rows_accepted, rows_left_out from mart_row_conservation").fetchall()
    assert {("ditolak.csv", "rejected", 2, 2, 0), ("ditarik.csv", "loaded", 11, 11, 0),
            ("dipakai.csv", "withdrawn", 4, 4, 4), ("cacat.csv", "loaded", 11, 11, 0)} <= set(told)
    assert [row for row in told if row[2] != row[3]] == []
    old = {**AT_ONCE, "LUMBUNG_KEEP_RELEASES": "1", "LUMBUNG_KEEP_RELEASES_DAYS": "0"}
    assert released.due("releases", **AT_ONCE) == []
    assert released.due("releases", **old) == [first["release_id"]]
    assert released.due("files", **old) == ["dipakai.csv"]
    released.retention(**old)
    assert [one["is_current"] for one in json.loads(released.lumbung("releases", "--json"))] == [True]
    assert not released.bytes_of("dipakai.csv").exists()
    released.lumbung("verify")
