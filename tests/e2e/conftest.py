"""The whole way, through the command as a user has it."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from collector import Collector, collecting
from warm_command import Run, WarmCommand

from lumbung.scheduling.demo import drop

COMMAND = Path(sys.executable).with_name("lumbung")


@dataclass
class Office:
    """One LUMBUNG_HOME and the command on it."""

    root: Path
    command: WarmCommand
    run_seconds: float = 0.0

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LUMBUNG_HOME": str(self.root), "COLUMNS": "200"}

    def lumbung(self, *words: str, fails: bool = False) -> str:
        return self._told(self.command.run(*words, environment=self.environment), fails)

    def installed_lumbung(self, *words: str, fails: bool = False) -> str:
        """As `lumbung`, from the script that a user calls."""
        return self._told(subprocess.run([COMMAND, *words], env=self.environment, capture_output=True, text=True,
                                         check=False), fails)

    def data(self, *words: str):
        return json.loads(self.lumbung(*words, "--json"))

    def start(self, *words: str) -> Run:
        return self.command.start(*words, environment=self.environment)

    @staticmethod
    def _told(done: subprocess.CompletedProcess, fails: bool) -> str:
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr if fails else done.stdout

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


@pytest.fixture
def collector() -> Iterator[Collector]:
    """What LUMBUNG_METRICS_URL may name while the test runs."""
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="session")
def small_inbox(tmp_path_factory) -> Path:
    """A made-up inbox of some hundred declaration items."""
    out = tmp_path_factory.mktemp("sample")
    subprocess.run([COMMAND, "sample", "--rows", "900", "--seed", "7", "--out", out], check=True, capture_output=True)
    return out / "inbox"


@pytest.fixture
def office(tmp_path, warm_command) -> Office:
    return Office(tmp_path / "home", warm_command)


@pytest.fixture(scope="session")
def clean_run(small_inbox, tmp_path_factory, warm_command) -> Office:
    """An office whose small inbox was run once, undisturbed. Only to be read."""
    office = Office(tmp_path_factory.mktemp("clean") / "home", warm_command)
    office.send(small_inbox)
    began = time.monotonic()
    office.lumbung("run")
    office.run_seconds = time.monotonic() - began
    return office


@pytest.fixture
def office_after_run(office, clean_run) -> Office:
    """An office of one's own that has come as far as the clean one."""
    shutil.copytree(clean_run.root, office.root, symlinks=True)
    return office
