"""A home for each test; hypothesis without a stopwatch, for the lists of names load at the first call."""

import pytest
from hypothesis import settings

from lumbung.lake.home import Home

settings.register_profile("values", deadline=None, print_blob=True, database=None)
settings.load_profile("values")


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.delenv("LUMBUNG_KEY", raising=False)
    return Home(tmp_path / "home").make()
