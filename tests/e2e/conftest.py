"""The whole way, through the command as a user has it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung.scheduling.demo import drop

COMMAND = Path(sys.executable).with_name("lumbung")


@dataclass(frozen=True)
class Office:
    """One LUMBUNG_HOME and the command on it."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LUMBUNG_HOME": str(self.root), "COLUMNS": "200"}

    def lumbung(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run([COMMAND, *words], env=self.environment, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr if fails else done.stdout

    def data(self, *words: str):
        return json.loads(self.lumbung(*words, "--json"))

    def start(self, *words: str) -> subprocess.Popen:
        return subprocess.Popen([COMMAND, *words], env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def send(self, inbox: Path) -> int:
        from lumbung.lake.home import Home
        return len(drop(Home(self.root), inbox))

    def put(self, place: str, content: bytes | str) -> None:
        target = self.root / "inbox" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    @property
    def manifest(self) -> dict:
        return json.loads((self.root / "releases" / "current" / "manifest.json").read_text())


@pytest.fixture(scope="session")
def small_inbox(tmp_path_factory) -> Path:
    """A made-up inbox of some hundred declaration items."""
    out = tmp_path_factory.mktemp("sample")
    subprocess.run([COMMAND, "sample", "--rows", "900", "--seed", "7", "--out", out], check=True, capture_output=True)
    return out / "inbox"


@pytest.fixture
def office(tmp_path) -> Office:
    return Office(tmp_path / "home")


@pytest.fixture(scope="session")
def clean_run(small_inbox, tmp_path_factory) -> Office:
    """An office whose small inbox was run once, undisturbed."""
    office = Office(tmp_path_factory.mktemp("clean"))
    office.send(small_inbox)
    office.lumbung("run")
    return office
