"""What resolution keeps from run to run in the restricted zone. It may be deleted, and is made again."""

import functools
import hashlib
from pathlib import Path

import duckdb
import splink

from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home


def folder(home: Home) -> Path:
    """Where this code keeps what it read and compared: what another code made is not taken for one's own."""
    return home.identity_work / f"by-{_code()}"


def keep(con: duckdb.DuckDBPyConnection, query: str, target: Path, parameters: dict | None = None) -> None:
    """Write the rows of a query as a Parquet, whole or not at all."""
    with written_aside(target) as aside:
        path = str(aside).replace("'", "''")
        con.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)", parameters or {})


@functools.cache
def _code() -> str:
    digest = hashlib.sha256(splink.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
