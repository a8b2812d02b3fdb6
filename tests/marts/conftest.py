"""One small history of exports, sent and built once; the figures in the tests are worked by hand from it."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))


def _sent(folder: Path):
    from exports_by_hand import plant
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    warehouse = Warehouse(Home(folder / "home").make())
    plant(warehouse)
    return warehouse


def _reader(warehouse):
    def read(columns: str, mart: str, where: str) -> list[tuple]:
        return warehouse.rows(f"SELECT {columns} FROM marts.{mart} WHERE {where} ORDER BY ALL")

    return read


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    warehouse = _sent(tmp_path_factory.mktemp("marts"))
    warehouse.build()
    return warehouse


@pytest.fixture(scope="session")
def resolved(tmp_path_factory):
    """The same history, in which A and C turned out to be one business, and B and D another."""
    warehouse = _sent(tmp_path_factory.mktemp("resolved"))
    warehouse.resolve_as({"k1:a": "ikm_ac", "k1:c": "ikm_ac", "k1:b": "ikm_bd", "k1:d": "ikm_bd"})
    warehouse.build()
    return warehouse


@pytest.fixture
def rows(built):
    """Read rows of a mart: columns, mart, condition."""
    return _reader(built)


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory):
    from enrolments_by_hand import plant
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    warehouse = Warehouse(Home(tmp_path_factory.mktemp("outcomes") / "home").make())
    plant(warehouse)
    warehouse.build()
    return warehouse


@pytest.fixture
def resolved_rows(resolved):
    """The same of the history with businesses that go by two keys."""
    return _reader(resolved)
