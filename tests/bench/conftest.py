from pathlib import Path

import duckdb
import pytest

from lumbung.bench.declarations import write_declarations

ROWS = 30_300


@pytest.fixture(scope="session")
def declared(tmp_path_factory) -> Path:
    return write_declarations(tmp_path_factory.mktemp("declared") / "peb.csv", ROWS)


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection
