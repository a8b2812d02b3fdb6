"""A home with nothing in it yet."""

from pathlib import Path

import pytest
from loaded_warehouse import Warehouse

from lumbung.lake.home import Home


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(Home(tmp_path / "home").make())
