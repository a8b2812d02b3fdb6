"""A release is built again from what landed, in another home: the same bytes, or a reason why not."""

import json

import pytest

from lumbung import publish
from lumbung.errors import LumbungError
from lumbung.lake.home import Home
from lumbung.privacy.keys import KEY_VARIABLE, VERSION_VARIABLE
from lumbung.rebuilding import rebuild


def of(release: publish.Release) -> dict[str, str]:
    return {f["path"]: f["sha256"] for f in release.manifest["files"]
            if f["path"].endswith(".parquet") and not f["path"].startswith("internal/quality/")}


def checked(release: publish.Release) -> int:
    """How many results of gates a release knows of, the files' own among them: another home has another history."""
    return release.manifest["quality"]["mart_data_quality"]["rows"]


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_release_is_rebuilt_byte_for_byte_whatever_was_decided_since(history, tmp_path, which):
    wanted, into = publish.release(history.home, getattr(history, which)), Home(tmp_path / "elsewhere")
    rebuilt = rebuild(history.home, wanted.id, into)
    assert rebuilt.different == []
    made = publish.current(into)
    assert made.id == wanted.id
    assert of(made) == of(wanted)
    assert checked(made) != checked(wanted)
    assert publish.verify(into, made) == []
    assert publish.current(history.home).id == history.second
    assert [mark["reason"] for mark in publish.published(into)] == ["Rilis pertama"]
    told = ("event_log", "identity", "decisions", "key", "loads", "rules")
    assert {name: made.manifest[name] for name in told} == {name: wanted.manifest[name] for name in told}


def test_the_second_is_made_of_other_things_than_the_first(history):
    """Else the two tests above would show little."""
    first, second = (publish.release(history.home, name).manifest for name in (history.first, history.second))
    assert first["decisions"] == []
    assert len(second["decisions"]) == 2
    assert first["identity"]["decision_files"] == 0
    assert second["identity"]["decision_files"] == 1
    names = [{load["file_name"] for load in manifest["loads"]} for manifest in (first, second)]
    assert {"baik.xlsx", "tanpa-tanggal.csv", "lain.csv"} <= names[0] & names[1]
    assert names[0] - names[1] == {"data-buatan-ska-2024-T3.csv"}
    assert names[1] - names[0] == {"terlambat.csv"}


def refused(history, tmp_path, match: str) -> LumbungError:
    with pytest.raises(LumbungError, match=match) as raised:
        rebuild(history.home, history.first, Home(tmp_path / "elsewhere"))
    assert not (tmp_path / "elsewhere").exists()
    return raised.value


def test_other_code_is_told_by_its_commit(history, tmp_path, monkeypatch):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "peb.layouts.yaml").write_text("- agency: lain\n  sheet: Rekap\n")
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(tmp_path / "own"))
    assert "LUMBUNG_CONTRACTS" in refused(history, tmp_path, "was made by code").todo
    monkeypatch.delenv("LUMBUNG_CONTRACTS")
    monkeypatch.setattr("lumbung.flow.code_version", lambda: "0.1.0+abcdefabcdef.01234567")
    commit = publish.current(history.home).manifest["code_version"].split("+")[1].split(".")[0]
    assert f"git checkout {commit}" in refused(history, tmp_path, "was made by code").todo


def test_another_key_is_refused(history, tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "another key than that of made-up data")
    refused(history, tmp_path, "the key of made-up data")
    monkeypatch.delenv(KEY_VARIABLE)
    monkeypatch.setenv(VERSION_VARIABLE, "2")
    refused(history, tmp_path, "key version p1; this is p2")


def test_landed_bytes_that_are_gone_or_changed_are_named(history, tmp_path):
    load = publish.release(history.home, history.first).manifest["loads"][0]
    payload = history.home.landing / load["feed"] / load["sha256"] / "payload"
    content = payload.read_bytes()
    payload.unlink()
    try:
        refused(history, tmp_path, rf"load {load['load_id']} .* is missing")
        payload.write_bytes(content + b" ")
        refused(history, tmp_path, "has changed since it landed")
    finally:
        payload.write_bytes(content)


def test_events_that_are_no_longer_as_they_were_are_refused(history, tmp_path):
    event = sorted(history.home.ledger.glob("*/*.jsonl"))[0]
    content = event.read_bytes()
    event.write_bytes(content.replace(b'"landed"', b'"landet"'))
    try:
        refused(history, tmp_path, "ledger does not hold")
    finally:
        event.write_bytes(content)


def test_an_event_that_was_on_its_way_while_a_run_pinned_is_left_out(history, tmp_path):
    """Its name is older than the last one read, but the pin has not seen it: the manifest says so."""
    from lumbung import transform
    from lumbung.lake import event_log, ledger

    log = transform.pin(history.home, "a-run") and transform.pinned_log(history.home, "a-run")
    assert log["left_out"] == []
    before = sorted(history.home.ledger.glob("*/*.jsonl"))[-1]
    late = before.with_name(f"000000000000-{before.name.split('-')[1]}")
    late.write_text(json.dumps({"event": "exported", "load_id": "x", "feed": "ska", "agency": "", "file_name": "",
                                "sha256": ""}) + "\n")
    try:
        log = transform.pinned_log(history.home, "a-run")
        assert log["left_out"] == [late.relative_to(history.home.ledger).as_posix()]
        assert late not in event_log.named(history.home, log)
        assert late in ledger.event_files(history.home)
    finally:
        late.unlink()


def test_an_event_that_comes_with_an_older_name_after_the_release_is_none_of_it(history):
    """As from a machine whose clock is behind: the release was made without it."""
    from lumbung.lake import event_log

    log = publish.release(history.home, history.second).manifest["event_log"]
    before = sorted(history.home.ledger.glob("*/*.jsonl"))[0]
    late = before.with_name(f"000000000000-{before.name.split('-')[1]}")
    late.write_text(json.dumps({"event": "exported", "load_id": "x", "feed": "ska", "agency": "", "file_name": "",
                                "sha256": ""}) + "\n")
    try:
        files = event_log.named(history.home, log)
        assert late not in files
        assert event_log.names(history.home, files) == log["names"]
    finally:
        late.unlink()


def test_a_release_of_which_rows_were_erased_is_refused(history, tmp_path):
    from lumbung.privacy.marks import NOT_REBUILDABLE, mark

    mark(history.home, NOT_REBUILDABLE, {
        "release_id": history.first, "load_ids": [], "holds_party_key": False, "holds_identifier": False},
        {"erasure_id": "x", "ground": "UU 27/2022", "erased_at": "2024-01-01"})
    try:
        refused(history, tmp_path, "rows it was made of were erased")
    finally:
        for path in (history.home.releases / "events").glob("*.json"):
            path.unlink()


def test_a_folder_with_something_in_it_is_not_built_into(history, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").touch()
    with pytest.raises(LumbungError, match="not empty"):
        rebuild(history.home, history.first, Home(tmp_path / "elsewhere"))
