"""`lumbung deliveries`, `lumbung alerts`, and what `lumbung run` says of an alert."""

import json
import os
from datetime import timedelta

import pytest

from lumbung import deliveries


@pytest.fixture
def lumbung(home, warm_command):
    def run(*words: str, code: int = 0, **environment: str):
        done = warm_command.run(*words, environment={**os.environ, "COLUMNS": "300", **environment})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr
    return run


def test_who_delivered_what_and_what_is_due_next(lumbung):
    told = {one["feed"]: one for one in json.loads(lumbung("deliveries", "--json"))}
    assert list(told) == ["peb", "ska"]
    assert (told["peb"]["agency"], told["peb"]["status"], told["peb"]["last_period"]) == ("bea-cukai", "stopped", None)
    assert told["peb"]["missing"][0] == "2021-02-10"
    today = deliveries.today()
    assert str(today) <= told["peb"]["next_due"] <= str(today + timedelta(days=31))
    assert "since 2021-02-10" in lumbung("deliveries")


def test_a_held_file_is_told_by_the_run_and_listed(lumbung, home):
    folder = home.inbox / "agency_roster" / "dinas"
    folder.mkdir(parents=True)
    (folder / "tanpa-tanggal.csv").write_text("No,Nama IKM,Kode Wilayah,Penanda Data\n1,UD Satu,32.76,DATA BUATAN\n")
    said = lumbung("run")
    assert "load_held: A file is held" in said
    [listed] = json.loads(lumbung("alerts", "--json"))
    assert "--as-of YYYY-MM-DD" in listed["todo"]
    assert listed["where"] in lumbung("alerts")


def test_channels_are_tried_on_request(lumbung, web_server):
    assert "No channel is configured" in lumbung("alerts", "--test", code=2)
    said = lumbung("alerts", "--test", code=1, LUMBUNG_ALERTS=f"{web_server.url} json://127.0.0.1:1/rahasia")
    assert "1 of 2 channels did not take the message" in said
    assert "rahasia" not in said
    assert [post["title"] for post in web_server.came] == ["Lumbung: uji coba peringatan"]
