"""A star built early, and again when the late files have come; and one to which all came the other way round."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from star_files import EARLY, LATE

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))


@dataclass
class Star:
    """A warehouse, and what its dimensions were before the late files came."""

    warehouse: object
    early: dict[str, list[dict]] = field(default_factory=dict)

    def table(self, name: str, where: str = "true") -> list[dict]:
        """Rows of a mart as dicts, in the order of all columns."""
        columns = [row[0] for row in self.warehouse.rows(f"describe marts.{name}")]
        return [dict(zip(columns, row, strict=True))
                for row in self.warehouse.rows(f"select * from marts.{name} where {where} order by all")]

    def one(self, name: str, where: str) -> dict:
        [row] = self.table(name, where)
        return row


def _send(folder: Path, loads: list, warehouse=None):
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    warehouse = warehouse or Warehouse(Home(folder / "home").make())
    for feed, agency, rows in loads:
        if feed == "peb":
            warehouse.peb(*rows, agency=agency)
        else:
            warehouse.send(feed, rows, agency=agency)
    warehouse.build()
    return warehouse


@pytest.fixture(scope="session")
def star(tmp_path_factory) -> Star:
    built = Star(_send(tmp_path_factory.mktemp("star"), EARLY))
    built.early = {name: built.table(name) for name in (
        "dim_event", "dim_programme", "dim_exporter", "dim_ikm", "dim_agency", "fct_buyer_lead",
        "fct_readiness_assessment", "fct_reported_figure")}
    _send(None, LATE, built.warehouse)
    return built


@pytest.fixture(scope="session")
def other_way_round(tmp_path_factory) -> Star:
    return Star(_send(tmp_path_factory.mktemp("other"), [*reversed(LATE), *reversed(EARLY)]))
