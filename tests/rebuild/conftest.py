"""An office whose releases are built again, and which is restored from a backup. Its helpers lie in other folders."""

import sys
from pathlib import Path

import pytest

for folder in ("star", "returns", "backup"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / folder))


@pytest.fixture(scope="session")
def history(tmp_path_factory):
    from rebuild_history import after_the_sample

    return after_the_sample(tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("rebuild"))
