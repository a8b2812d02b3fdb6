"""A made-up inbox of a small office, made once."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbung.sample import write_sample

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Made:
    """A made-up folder and what `write_sample` said of it."""

    folder: Path
    told: dict

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def key(self) -> Path:
        return self.folder / "answer_key"


@pytest.fixture(scope="session")
def samples() -> Path:
    return PROJECT / "samples"


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Made:
    """The least a province can be made of."""
    folder = tmp_path_factory.mktemp("small")
    return Made(folder, write_sample(folder, rows=100, seed=1))


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> Made:
    """An office's size: documents are corrected, cancelled and replaced."""
    folder = tmp_path_factory.mktemp("sound")
    return Made(folder, write_sample(folder, rows=2_000, seed=3))


@pytest.fixture(scope="session")
def broken(tmp_path_factory) -> Made:
    """The sound one, with two rows in a hundred planted broken."""
    folder = tmp_path_factory.mktemp("broken")
    return Made(folder, write_sample(folder, rows=2_000, seed=3, fault_rate=0.02))
