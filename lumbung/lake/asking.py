"""Questions to Parquet files, each on a connection of its own."""

from typing import Any

import duckdb


def rows_of(query: str, values: list[Any] | dict[str, Any] | None = None) -> list[tuple]:
    """Every row that a query gives.

    Never `duckdb.execute`: its connection is the whole process's, so a result that somebody did not read to its end
    stops everybody else, and two threads read each other's.

    Raises duckdb.Error where the query can't be answered: files that are gone or broken, columns that are not there.
    """
    with duckdb.connect() as con:
        return con.execute(query, values).fetchall()
