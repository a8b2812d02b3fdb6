"""Opens the build database, with the limits that every step keeps to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from lumbung.errors import LumbungError
from lumbung.lake.home import Home


def limits(home: Home) -> dict[str, str]:
    """DuckDB settings of a step: LUMBUNG_MEMORY_LIMIT (2GB) and LUMBUNG_THREADS (2) override the defaults."""
    return {
        "memory_limit": os.environ.get("LUMBUNG_MEMORY_LIMIT", "2GB"),
        "threads": os.environ.get("LUMBUNG_THREADS", "2"),
        "temp_directory": str(home.scratch / "duckdb")}


@contextmanager
def opened(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build database, open for writing; closed again on the way out.

    Raises LumbungError when another process has it open.
    """
    home.make()
    try:
        connection = duckdb.connect(home.build_database)
    except duckdb.IOException as problem:
        raise LumbungError(
            "The build database can't be opened.", where=f"{home.build_database}: {problem}",
            todo="End the program that has it open; readers belong in releases/current.") from problem
    try:
        for name, value in limits(home).items():
            # Of a database that this process has open already DuckDB refuses to hear the spill folder again.
            if name != "temp_directory" or value != _setting(connection, name):
                connection.execute(f"SET {name} = '{value}'")
        # Order is made where it is shown; keeping it here costs memory and a core.
        connection.execute("SET preserve_insertion_order = false")
        yield connection
    finally:
        connection.close()


def _setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    return connection.execute("SELECT current_setting(?)", [name]).fetchall()[0][0]
