"""The key of the pseudonyms: asked for where real businesses come, told by version, never written anywhere."""

import json
import os
import pwd
import stat

import duckdb
import pytest

from lumbung import flow, intake, privacy
from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home

KEY = "kunci-rahasia-yang-cukup-panjang-0123456789"


def real(cells: list[str]) -> list[str]:
    return [*cells[:-1], ""]


def files(people) -> dict[str, tuple[str, bytes]]:
    document = people.document(1)
    del document["penandaData"]
    return {
        "csv": ("agency_roster/dinas/d.csv", people.csv_of([real(people.roster_row(1))]).encode()),
        "xlsx": ("agency_roster/dinas/d.xlsx", people.xlsx_of([real(people.roster_row(1))])),
        "json": ("peb/bea-cukai/d.json", json.dumps(document).encode()),
        "mixed rows": ("agency_roster/dinas/d.csv", people.csv_of(
            [people.roster_row(1), real(people.roster_row(2))]).encode()),
        "one business in both": ("agency_roster/dinas/d.csv", people.csv_of(
            [people.roster_row(1), real(people.roster_row(1, No="2"))]).encode())}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "mixed rows", "one business in both"])
def test_real_businesses_need_a_key_and_the_message_says_how_to_make_one(home, people, kind, monkeypatch):
    place, content = files(people)[kind]
    people.drop(home, {place: content})
    with pytest.raises(LumbungError) as refused:
        people.take_in(home)
    assert "LUMBUNG_KEY" in refused.value.todo
    assert "secrets.token_urlsafe" in refused.value.todo
    assert {load.status for load in ledger.loads(home).values()} == {"landed"}
    monkeypatch.setenv("LUMBUNG_KEY", KEY)
    people.take_in(home)
    assert {load.status for load in ledger.loads(home).values()} == {"loaded"}


def test_made_up_data_need_none(home, people):
    people.drop(home, {"agency_roster/dinas/d.csv": people.csv_of([people.roster_row(1)]).encode()})
    people.take_in(home)
    assert {load.status for load in ledger.loads(home).values()} == {"loaded"}


def keys_of(home: Home) -> list[str]:
    return [key for (key,) in duckdb.sql("select party_key from read_parquet(?) order by all", params=[
        str(home.raw / "agency_roster" / "*.parquet")]).fetchall()]


def test_a_party_key_begins_with_the_version_of_its_key(home, people, monkeypatch):
    monkeypatch.setenv("LUMBUNG_KEY", KEY)
    people.drop(home, {"agency_roster/a/d.csv": people.csv_of([real(people.roster_row(1))]).encode()})
    people.take_in(home)
    monkeypatch.setenv("LUMBUNG_KEY", KEY[::-1])
    people.drop(home, {"agency_roster/b/d.csv": people.csv_of([real(people.roster_row(1))]).encode()})
    with pytest.raises(LumbungError, match="not the key that version 1 began with"):
        people.take_in(home)
    monkeypatch.setenv("LUMBUNG_KEY_VERSION", "2")
    people.take_in(home)
    assert [key[:3] for key in keys_of(home)] == ["p1_", "p2_"]
    monkeypatch.setenv("LUMBUNG_KEY_VERSION", "dua")
    people.drop(home, {"agency_roster/c/d.csv": people.csv_of([real(people.roster_row(1))]).encode()})
    with pytest.raises(LumbungError, match="LUMBUNG_KEY_VERSION"):
        people.take_in(home)
    monkeypatch.setenv("LUMBUNG_KEY", "pendek")
    with pytest.raises(LumbungError, match="32 is the least"):
        people.take_in(home)


def test_the_key_stands_in_no_file_of_a_whole_run(home, people, monkeypatch):
    monkeypatch.setenv("LUMBUNG_KEY", KEY)
    people.drop(home, people.FILES)
    assert flow.run(home).release_id
    forms = [KEY.encode(), KEY.encode("utf-16-le"), KEY.encode().hex().encode()]
    for path, content in people.everything(home.root).items():
        assert not any(form in content for form in forms), path
    for path in home.root.rglob("*.parquet"):
        assert KEY not in str(duckdb.sql("select * from read_parquet(?)", params=[str(path)]).fetchall()), path
    assert privacy.scan(home) == []


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_folders_with_personal_data_are_closed_whatever_the_umask(tmp_path, umask):
    home, before = Home(tmp_path / "home"), os.umask(umask)
    try:
        home.make()
    finally:
        os.umask(before)
    for folder in (home.landing, home.raw, home.quarantine, home.ledger, home.identity, home.build, home.scratch):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    home.landing.chmod(0o755)
    assert stat.S_IMODE(home.make().landing.stat().st_mode) == 0o700


def test_a_reveal_is_logged_before_it_is_shown_and_a_masked_list_is_not(peopled):
    masked = intake.quarantine_table(peopled)
    assert privacy.reveals(peopled) == []
    revealed = intake.quarantine_table(peopled, agency="dinas-d", reveal=True)
    assert {q["raw_value"] for q in revealed} == {"entah", "banyak"}
    assert not {q["raw_value"] for q in masked} & {"entah", "banyak"}
    (event,) = privacy.reveals(peopled)
    assert event["who"] == pwd.getpwuid(os.getuid()).pw_name
    assert event["filters"] == {"agency": "dinas-d"}
    intake.quarantine_table(peopled, reveal=True)
    assert privacy.reveals(peopled)[0] == event
    assert len(privacy.reveals(peopled)) == 2
