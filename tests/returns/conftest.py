"""An office of its own for each test."""

import pytest
from returning_office import Office

from lumbung.lake.home import Home


@pytest.fixture
def office(tmp_path, monkeypatch) -> Office:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return Office(Home(tmp_path / "home").make(), tmp_path)
