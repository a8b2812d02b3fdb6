"""An office that sends lists."""

import pytest
from lists import Lists

from lumbung.lake.home import Home


@pytest.fixture
def lists(tmp_path, monkeypatch) -> Lists:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    monkeypatch.delenv("LUMBUNG_IDENTITY_MODEL", raising=False)
    return Lists(Home(tmp_path / "home").make())


@pytest.fixture
def new_lists(tmp_path, monkeypatch):
    """Makes further, empty homes."""
    return lambda name: Lists(Home(tmp_path / name).make())
