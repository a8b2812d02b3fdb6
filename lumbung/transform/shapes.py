"""Which tables the build database holds, with their columns."""

from dataclasses import dataclass

from lumbung.lake.home import Home
from lumbung.transform.database import opened


@dataclass(frozen=True)
class Shape:
    """A table or view: its columns with their types, in order, and of a table how many rows it has, about."""

    columns: tuple[tuple[str, str], ...]
    rows: int | None


def shapes(home: Home) -> dict[str, Shape]:
    """All tables and views of the build database, by `schema.table`. Reads the catalogue only."""
    with opened(home) as connection:
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, list((column_name, data_type) ORDER BY column_index) "
            "FROM duckdb_columns() WHERE database_name = current_database() GROUP BY 1").fetchall()
        rows = dict(connection.execute(
            "SELECT schema_name || '.' || table_name, estimated_size FROM duckdb_tables() "
            "WHERE database_name = current_database()").fetchall())
    return {name: Shape(tuple(tuple(one) for one in found), rows.get(name)) for name, found in columns}
