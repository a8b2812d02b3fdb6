"""A home to send loads to, without intake, and the gates over what becomes of them."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))


@pytest.fixture
def warehouse(tmp_path):
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    return Warehouse(Home(tmp_path / "home").make())
