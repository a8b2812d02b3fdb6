"""Homes that are backed up and restored, by the command. What they hold comes from the helpers of other folders."""

import shutil
import sys
from pathlib import Path

import pytest
from backed_up_place import Place

sys.path.append(str(Path(__file__).resolve().parents[1] / "returns"))

KEY = "a key of one's own, for tests, long enough"


@pytest.fixture
def place(tmp_path, warm_command) -> Place:
    return Place(tmp_path / "home", warm_command)


@pytest.fixture(scope="module")
def lake(tmp_path_factory, warm_command) -> Place:
    """An office with a key, whose lake has rows of all kinds: accepted, quarantined, a mended one, a stray. No release.
    Only to be read."""
    from returned_files import item, peb
    from returning_office import mend
    from take_in_forever import send

    from lumbung.contracts import contract_of
    from lumbung.lake.home import Home

    folder = tmp_path_factory.mktemp("lake")
    home, fob = Home(folder / "home").make(), contract_of("peb").column("item_fob").synonyms[0]
    made = Place(home.root, warm_command, (("LUMBUNG_KEY", KEY),))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("LUMBUNG_KEY", KEY)
        send(home, "peb/bea-cukai/cacat.csv", peb([*(item(n) for n in range(20)), item(30, item_fob="x"),
                                                   item(31, item_fob="y")]))
        send(home, "nyasar.txt", "nyasar")
    made.lumbung("quarantine", "export", "--agency", "bea-cukai", "--out", folder / "kembali.xlsx")
    mended = mend(folder / "kembali.xlsx", folder / "baik.xlsx",
                  lambda row: {**row, fob: "1" if row[fob] == "x" else "z"})
    assert "1 " in made.lumbung("quarantine", "replay", mended)
    return made


@pytest.fixture
def own_lake(lake, tmp_path) -> Place:
    """The same, to be changed."""
    shutil.copytree(lake.root, tmp_path / "home", symlinks=True)
    return Place(tmp_path / "home", lake.command, lake.more)
