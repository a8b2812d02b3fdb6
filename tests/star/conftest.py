"""Homes to send loads to, without intake, and what the star makes of them."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "transform"))


@pytest.fixture(scope="session")
def send(tmp_path_factory):
    """Send loads (feed, agency, rows) in the order given to a new home, build it, and hand it over."""
    from loaded_warehouse import Warehouse

    from lumbung.lake.home import Home

    def send(*loads: tuple[str, str, list[dict]], warehouse: Warehouse | None = None) -> Warehouse:
        warehouse = warehouse or Warehouse(Home(tmp_path_factory.mktemp("star") / "home").make())
        for feed, agency, rows in loads:
            known = {"peb": warehouse.peb, "ska": warehouse.ska}.get(feed)
            if known:
                known(*rows, agency=agency)
            else:
                warehouse.send(feed, rows, agency=agency)
        warehouse.build()
        return warehouse

    return send
