"""An office with releases, replays and decisions goes on in a restored home as it would have in its own."""

import json
import os
import shutil
from pathlib import Path

import pytest
from backed_up_place import Place
from returned_files import item, peb

from lumbung import publish
from lumbung.lake.home import Home


@pytest.fixture(scope="module")
def lived(history, warm_command):
    return Place(history.home.root, warm_command)


@pytest.fixture(scope="module")
def restored(lived, tmp_path_factory):
    folder = tmp_path_factory.mktemp("restored")
    lived.lumbung("backup", folder / "backup.tar")
    place = lived.elsewhere(folder / "home")
    place.lumbung("restore", folder / "backup.tar")
    return place


def releases(root: Path) -> dict[str, tuple]:
    """Everything under releases, with its rights and what shares its bytes."""
    same: dict[int, str] = {}
    return {str(path.relative_to(root)): (oct(path.lstat().st_mode), path.is_dir() or path.read_bytes(),
                                          path.is_dir() or same.setdefault(path.stat().st_ino, path.name))
            for path in sorted((root / "releases").rglob("*"))}


def test_releases_come_back_with_their_rights_links_and_marks(lived, restored, history):
    assert releases(restored.root) == releases(lived.root)
    assert (restored.root / "releases/current").readlink() == Path(history.second)
    shared = [path for path in (restored.root / "releases").rglob("*.parquet") if path.stat().st_nlink > 1]
    assert len(shared) > 10, "months that did not change are one file in several releases"
    for release_id in (history.sample, history.first, history.second):
        restored.lumbung("verify", release_id)


@pytest.mark.parametrize("words", [
    ("loads", "--json"), ("quarantine", "list", "--json"), ("releases", "--json"),
    ("rank", "--province", "32", "--year", "2024", "--basis", "ska", "--through", "2024-06", "--json")])
def test_what_people_see_is_what_they_saw(lived, restored, words):
    said = lived.lumbung(*words)
    assert json.loads(said)
    assert restored.lumbung(*words) == said


def test_what_is_not_in_a_backup_is_made_again(restored, history, tmp_path):
    """From landing and what happened to it alone: not even typed rows are needed for the same bytes."""
    bare = restored.elsewhere(tmp_path / "bare")
    shutil.copytree(restored.root, bare.root, symlinks=True, copy_function=os.link)
    for name in ("lake/raw", "lake/quarantine", "build"):
        shutil.rmtree(bare.root / name)
    assert not (bare.root / "lake/covered").exists()
    assert "have the same bytes" in bare.lumbung("rebuild", history.first)


def test_the_next_run_changes_nothing_and_a_new_file_goes_through(restored, history):
    assert "Nothing changed" in restored.lumbung("run")
    place = restored.root / "inbox/peb/bea-cukai/baru.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(peb([item(n) for n in range(40, 60)]))
    said = restored.lumbung("run")
    assert "1 loaded" in said
    assert "Release" in said
    now = publish.current(Home(restored.root))
    assert now.manifest["previous"] == history.second
    assert {load["file_name"] for load in now.manifest["loads"]} >= {"baru.csv", "baik.xlsx", "tanpa-tanggal.csv"}
