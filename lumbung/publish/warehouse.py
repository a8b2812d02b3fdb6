"""The small DuckDB file of a release, for BI: tables of the small ones, views over the facts' Parquet."""

from glob import escape
from pathlib import Path

import duckdb

from lumbung.lake.durable import sync_file
from lumbung.publish.marts import Mart, identifier
from lumbung.publish.reading import WAREHOUSE, facts_query, quoted

# Readers with an older DuckDB (Superset, Metabase, Power BI drivers) can't open the storage of 2.0.
STORAGE = "v1.0.0"


def write_warehouse(connection: duckdb.DuckDBPyConnection, marts: list[Mart], aside: Path, final: Path) -> None:
    """Write `aside`/internal/warehouse.duckdb from the Parquet beside it; its views name the folder `final`.

    The file is closed, durable and read-only afterwards.
    """
    file = aside / WAREHOUSE
    # DuckDB binds a view when it is made, so the files must already be found under the name they will have.
    final.symlink_to(aside.name)
    connection.execute(f"ATTACH '{quoted(file)}' AS shop (STORAGE_VERSION '{STORAGE}')")
    try:
        connection.execute("BEGIN")
        for mart in marts:
            name = f"shop.main.{identifier(mart.name)}"
            if mart.month:
                connection.execute(f"CREATE VIEW {name} AS {facts_query(final, mart.name)}")
            else:
                parquet = quoted(escape(f"{aside}/{mart.file}"))
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{parquet}')")
            _comment(connection, mart, name)
        connection.execute("COMMIT")
    finally:
        connection.execute("DETACH shop")
        final.unlink()
    file.chmod(0o440)
    sync_file(file)


def _comment(connection: duckdb.DuckDBPyConnection, mart: Mart, name: str) -> None:
    """What dbt says of a table and its columns, where BI tools show it."""
    if mart.description:
        kind = "VIEW" if mart.month else "TABLE"
        connection.execute(f"COMMENT ON {kind} {name} IS '{quoted(mart.description)}'")
    for column, _ in mart.columns:
        if text := mart.column_descriptions.get(column):
            connection.execute(f"COMMENT ON COLUMN {name}.{identifier(column)} IS '{quoted(text)}'")
