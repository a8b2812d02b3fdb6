"""A home says its layout: an older one is migrated before anybody reads it, a newer one is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lumbung import __version__
from lumbung.errors import LumbungError
from lumbung.lake.home import Home

# A Lumbung of a later day: it keeps nil returns in a folder of another name. It may be killed in the middle of that.
LATER = """
import os, signal
from lumbung.lake import layout

def nil_returns_get_another_name(home):
    for day in sorted((home.root / "lake" / "nil_returns").glob("*")):
        new = home.root / "lake" / "nihil" / day.name
        new.parent.mkdir(exist_ok=True)
        day.rename(new)
        if "KILLED" in os.environ:
            os.kill(os.getpid(), signal.SIGKILL)

layout.MIGRATIONS.append(nil_returns_get_another_name)
from lumbung import cli
cli.main()
"""


def lumbung(root: Path, *words: str, code: str = "from lumbung import cli; cli.main()",
            **more: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code, *words], check=False, capture_output=True, text=True,
                          env={**os.environ, "LUMBUNG_HOME": str(root), **more})


def layout_of(root: Path) -> dict:
    return json.loads((root / "layout.json").read_text())


@pytest.fixture
def before(tmp_path) -> Path:
    """A home from before there was a layout.json, with two acts of people."""
    home = Home(tmp_path / "home").make()
    (home.root / "layout.json").unlink()
    for day in ("2024-01-05", "2024-02-05"):
        (home.root / "lake" / "nil_returns" / day).mkdir(parents=True)
        (home.root / "lake" / "nil_returns" / day / "a.json").write_text("{}")
    return home.root


def acts(root: Path) -> list[str]:
    return sorted(path.relative_to(root / "lake").as_posix() for path in root.glob("lake/ni*/*/*"))


def test_a_home_from_before_gets_the_first_layout_and_keeps_what_it_has(before):
    assert lumbung(before, "loads").returncode == 0
    assert layout_of(before) == {"layout": 1, "lumbung": __version__}
    assert acts(before) == ["nil_returns/2024-01-05/a.json", "nil_returns/2024-02-05/a.json"]


def test_a_killed_migration_is_done_again_by_whatever_comes_next(before):
    assert lumbung(before, "loads", code=LATER, KILLED="1").returncode == -9
    assert acts(before) == ["nihil/2024-01-05/a.json", "nil_returns/2024-02-05/a.json"]
    done = lumbung(before, "loads", "--json", code=LATER)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert acts(before) == ["nihil/2024-01-05/a.json", "nihil/2024-02-05/a.json"]
    assert layout_of(before)["layout"] == 2
    assert not (before / "build" / "lease.json").exists()


@pytest.mark.parametrize("words", [("loads",), ("run",), ("rank", "--province", "32", "--year", "2024")])
def test_a_newer_home_is_refused_by_what_reads_and_what_writes(before, words):
    (before / "layout.json").write_text('{"layout": 2, "lumbung": "9.1.0"}')
    said = lumbung(before, *words)
    assert said.returncode == 1
    assert "layout 2" in said.stderr
    assert "Use Lumbung 9.1.0 or a later one" in said.stderr
    assert layout_of(before) == {"layout": 2, "lumbung": "9.1.0"}
    with pytest.raises(LumbungError, match="layout 2"):
        Home(before).make()


def test_a_new_home_begins_with_the_layout_of_the_code(tmp_path):
    assert lumbung(tmp_path / "new", "loads", code=LATER).returncode == 0
    assert layout_of(tmp_path / "new")["layout"] == 2


def test_an_older_backup_is_migrated_and_a_newer_one_refused(before, tmp_path):
    assert lumbung(before, "backup", str(tmp_path / "old.tar")).returncode == 0
    done = lumbung(tmp_path / "restored", "restore", str(tmp_path / "old.tar"), code=LATER)
    assert done.returncode == 0, done.stderr
    assert acts(tmp_path / "restored") == ["nihil/2024-01-05/a.json", "nihil/2024-02-05/a.json"]
    assert layout_of(tmp_path / "restored")["layout"] == 2
    assert lumbung(tmp_path / "restored", "backup", str(tmp_path / "new.tar"), code=LATER).returncode == 0
    refused = lumbung(tmp_path / "again", "restore", str(tmp_path / "new.tar"))
    assert refused.returncode == 1
    assert "layout 2" in refused.stderr
    assert not (tmp_path / "again" / "lake").exists()
