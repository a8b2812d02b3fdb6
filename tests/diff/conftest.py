"""Homes without intake, whose builds become releases."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))
sys.path.append(str(Path(__file__).resolve().parent))


@pytest.fixture
def office(tmp_path):
    from released_office import ReleasedOffice

    from lumbung.lake.home import Home

    return ReleasedOffice(Home(tmp_path / "home").make())
