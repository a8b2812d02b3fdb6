"""What the last release says, brought beside the marts that are to follow it: for gates alone, no model reads it."""

from pathlib import Path

import duckdb

from lumbung.lake.home import Home
from lumbung.transform.database import opened

TABLE = "control.previous_city_months"
CITY_MONTHS = "internal/tables/mart_city_export_month.parquet"
# Of `mart_city_export_month`; a release that was made before one of them has nothing in it.
COLUMNS = {
    "basis": "VARCHAR", "is_synthetic": "BOOLEAN", "region_code": "VARCHAR", "month": "DATE",
    "fob_usd": "DECIMAL(24, 2)", "fob_idr": "DECIMAL(24, 2)", "net_weight_kg": "DECIMAL(24, 4)", "items": "BIGINT",
    "documents": "BIGINT", "items_without_rate": "BIGINT", "items_out_of_scope": "BIGINT",
    "fob_usd_out_of_scope": "DECIMAL(24, 2)"}


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table where it is not there yet, empty: as before the first release."""
    shape = ", ".join(f"{name} {kind}" for name, kind in {"release_id": "VARCHAR", **COLUMNS}.items())
    connection.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} ({shape})")


def bring_previous(home: Home, release_id: str, folder: Path | None) -> int:
    """Have `control.previous_city_months` hold the city-months of the release in a folder; gives how many.

    None, where there is no release yet, or it was handed over without its tables.
    """
    file = folder / CITY_MONTHS if folder else None
    with opened(home) as connection:
        connection.begin()
        connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
        prepare(connection)
        rows = 0
        if file and file.is_file():
            there = {row[0] for row in connection.execute("DESCRIBE FROM read_parquet(?)", [str(file)]).fetchall()}
            columns = ", ".join(name for name in COLUMNS if name in there)
            (rows,) = connection.execute(
                f"INSERT INTO {TABLE} (release_id, {columns}) SELECT ?, {columns} FROM read_parquet(?)",
                [release_id, str(file)]).fetchone()
        connection.commit()
    return rows
