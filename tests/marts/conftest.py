"""One small history of exports, sent and built once; the figures in the tests are worked by hand from it."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    from exports_by_hand import plant
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    warehouse = Warehouse(Home(tmp_path_factory.mktemp("marts") / "home").make())
    plant(warehouse)
    warehouse.build()
    return warehouse


@pytest.fixture
def rows(built):
    """Read rows of a mart: columns, mart, condition."""

    def read(columns: str, mart: str, where: str) -> list[tuple]:
        return built.rows(f"SELECT {columns} FROM marts.{mart} WHERE {where} ORDER BY ALL")

    return read


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory):
    from enrolments_by_hand import plant
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    warehouse = Warehouse(Home(tmp_path_factory.mktemp("outcomes") / "home").make())
    plant(warehouse)
    warehouse.build()
    return warehouse
