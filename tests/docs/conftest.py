"""A release of the samples, with a few more files so that every mart has something to tell."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung import flow, publish, transform
from lumbung.contracts import contract_of, derived
from lumbung.lake.home import PROJECT, Home


@dataclass(frozen=True)
class Released:
    """A home with its current release, and what dbt knew when it was made."""

    home: Home

    @property
    def release(self) -> publish.Release:
        return publish.current(self.home)

    @property
    def manifest(self) -> dict:
        return json.loads(transform.manifest_path(self.home).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Released:
    """samples/ and three made-up files more: one contradicts another, one has a bad row, one is held."""
    home = Home(tmp_path_factory.mktemp("documented")).make()
    shutil.copytree(PROJECT / "samples" / "inbox", home.inbox, dirs_exist_ok=True)
    _put(home, "ska/ipska-jabar/data-buatan-lain.csv", _contradicting())
    head, first, second = derived.example_csv(contract_of("buyer_lead")).splitlines()
    _put(home, "buyer_lead/disdagin-depok/data-buatan-satu-salah.csv", [head, first, _spoiled(second, "002")])
    _put(home, "buyer_lead/disdagin-depok/data-buatan-ditahan.csv",
         [head, first.replace("001", "101", 1), _spoiled(second, "102"), _spoiled(second, "103")])
    flow.run(home)
    return Released(home)


def _contradicting() -> list[str]:
    """The first certificate of the samples, with two digits of a value the other way round."""
    source = min((PROJECT / "samples" / "inbox" / "ska" / "ipska-jabar").glob("data-buatan-*.csv"))
    head, *rows = source.read_text(encoding="utf-8-sig").splitlines()
    number = rows[0].split(",")[0]
    assert "14391.42" in rows[0]
    return [head, rows[0].replace("14391.42", "14931.42"), *(r for r in rows[1:] if r.startswith(f"{number},"))]


def _spoiled(line: str, number: str) -> str:
    return line.replace("002", number, 1).replace("2023-03-05", "kapan-kapan")


def _put(home: Home, place: str, lines: list[str]) -> None:
    path = home.inbox / Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
