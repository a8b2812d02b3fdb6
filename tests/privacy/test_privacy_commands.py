"""`lumbung erase` and `lumbung privacy` as typed."""

import json
import os
import subprocess
from functools import partial

import pytest

from lumbung import flow, intake


@pytest.fixture
def lumbung_on(warm_command):
    """The command on a home."""
    def run(home, *words: str) -> subprocess.CompletedProcess:
        return warm_command.run(*words, environment={**os.environ, "LUMBUNG_HOME": str(home.root), "COLUMNS": "200"})

    return run


@pytest.fixture
def lumbung(peopled, lumbung_on):
    return partial(lumbung_on, peopled)


def test_erase_says_what_it_would_do_does_it_and_leaves_a_tombstone(lumbung, people):
    words = ["erase", "--nik", people.NIK, "--phone", people.PHONE, "--ground", "UU 27/2022 ps. 43", "--json"]
    would = json.loads(lumbung(*words, "--dry-run").stdout)
    assert would["accepted_rows"] == 4
    assert json.loads(lumbung("privacy", "erasures", "--json").stdout) == []
    done = lumbung(*words)
    assert (done.returncode, json.loads(done.stdout)["accepted_rows"]) == (0, 4), done.stderr
    assert people.NIK not in done.stdout
    (tombstone,) = json.loads(lumbung("privacy", "erasures", "--json").stdout)
    assert tombstone["ground"] == "UU 27/2022 ps. 43"
    check = lumbung("privacy", "check")
    assert check.returncode == 0, check.stdout + check.stderr


def test_wrong_use_says_what_to_do(lumbung, people):
    nobody = lumbung("erase", "--ground", "UU 27/2022")
    assert (nobody.returncode, "--npwp" in nobody.stderr) == (2, True)
    assert lumbung("erase", "--npwp", people.NPWP).returncode == 2
    assert lumbung("erase", "--npwp", "12", "--ground", "UU 27/2022").returncode == 2


def test_a_reveal_on_the_command_line_is_in_the_log(lumbung):
    assert "banyak" not in lumbung("quarantine", "list", "--json").stdout
    assert "banyak" in lumbung("quarantine", "list", "--feed", "agency_roster", "--reveal", "--json").stdout
    (event,) = json.loads(lumbung("privacy", "log", "--json").stdout)
    assert event["filters"] == {"feed": "agency_roster"}


def test_what_a_file_holds_is_shown_as_it_is(home, lumbung_on):
    path = home.inbox / "agency_roster" / "dinas" / "a.csv"
    path.parent.mkdir(parents=True)
    held = "[/x] [red]banyak\x1b[31m"
    path.write_text("as_of,roster_number,business_name,region_code,revenue_idr,is_synthetic\n"
                    "2024-01-01,1,UD Contoh,32.76,1000000,DATA BUATAN\n"
                    f"2024-01-01,2,UD Contoh,32.76,{held},DATA BUATAN\n")
    (batch,) = intake.plan(home, ["agency_roster"], 0)
    flow.take_in(home, batch)
    shown = lumbung_on(home, "quarantine", "list", "--reveal")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "[/x]" in shown.stdout
    assert "[red]banyak" in shown.stdout
    assert "\x1b" not in shown.stdout, "a terminal would obey it"
    unknown = lumbung_on(home, "loads", "restore", "[/x]")
    assert (unknown.returncode, "no load '[/x]'" in unknown.stderr) == (1, True), unknown.stderr


def test_a_slip_of_the_pen_is_no_empty_list(lumbung):
    for words in (["loads", "--status", "lodaed"], ["loads", "--feed", "agency_rooster"],
                  ["quarantine", "list", "--feed", "agency_rooster"],
                  ["quarantine", "list", "--agency", "dinas-antah"]):
        told = lumbung(*words)
        assert (told.returncode, f"no {words[-2].strip('-')} '{words[-1]}'" in told.stderr) == (2, True), told
    for words in (["loads", "--status", "held"], ["quarantine", "list", "--feed", "ska"]):
        assert lumbung(*words).returncode == 0
