"""An office with a folder of its own contracts, worked through the command."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from warm_command import WarmCommand

OWN = Path(__file__).with_name("own")


@dataclass(frozen=True)
class Office:
    """One LUMBUNG_HOME with its LUMBUNG_CONTRACTS, and the command on them."""

    root: Path
    contracts: Path
    command: WarmCommand

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LUMBUNG_HOME": str(self.root), "LUMBUNG_CONTRACTS": str(self.contracts),
                "COLUMNS": "200"}

    def lumbung(self, *words: str, fails: bool = False) -> str:
        done = self.command.run(*words, environment=self.environment)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def put(self, place: str, text: str) -> None:
        target = self.root / "inbox" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def loads(self) -> dict[str, dict]:
        return {load["file_name"]: load for load in json.loads(self.lumbung("loads", "--json"))}


@pytest.fixture
def own_contracts(tmp_path, monkeypatch) -> Path:
    """A folder with a feed of the office's own and a layout of a new agency, named by the environment."""
    folder = tmp_path / "contracts"
    shutil.copytree(OWN, folder)
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(folder))
    return folder


@pytest.fixture
def office(tmp_path, own_contracts, warm_command) -> Office:
    return Office(tmp_path / "home", own_contracts, warm_command)
