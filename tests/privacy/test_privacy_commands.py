"""`lumbung erase` and `lumbung privacy` as typed."""

import json
import os
import subprocess

import pytest


@pytest.fixture
def lumbung(peopled, warm_command):
    def run(*words: str) -> subprocess.CompletedProcess:
        return warm_command.run(*words, environment={**os.environ, "LUMBUNG_HOME": str(peopled.root)})

    return run


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
