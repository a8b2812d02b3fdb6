"""What a run publishes: every table of the schema `marts`, with the grain and the month that dbt states for it.

Of the schema `quality` those that are models of dbt go with it: they tell how good the data are, and hang on the clock.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lumbung.errors import LumbungError

MARTS, QUALITY = "marts", "quality"
# Parquet as DuckDB writes it would turn these into something else (HUGEINT into DOUBLE).
NOT_KEPT = ("HUGEINT", "UHUGEINT", "BIGNUM", "VARINT", "BIT", "INTERVAL", "UNION", "TIME WITH TIME ZONE", "VARIANT")


@dataclass(frozen=True)
class Mart:
    """One table to publish. `month` is the date column a fact is split by, or "" for other tables; `trace` says where a
    row's source rows are (docs/structure.md)."""

    name: str
    grain: tuple[str, ...]
    month: str
    columns: tuple[tuple[str, str], ...]
    description: str
    column_descriptions: dict[str, str]
    trace: tuple[dict, ...] = ()
    schema: str = MARTS

    @property
    def source(self) -> str:
        """Its table in the build database, as it stands in SQL."""
        return f"build.{self.schema}.{identifier(self.name)}"

    @property
    def file(self) -> str:
        """The Parquet of a table without months, within a release."""
        return f"internal/{'tables' if self.schema == MARTS else self.schema}/{self.name}.parquet"

    @property
    def order(self) -> str:
        """SQL after ORDER BY: the grain of a fact; elsewhere all columns, so that ties are settled too."""
        rest = [] if self.month else [name for name, _ in self.columns if name not in self.grain]
        return ", ".join(f"{identifier(name)} ASC NULLS LAST" for name in [*self.grain, *rest])


def identifier(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def marts(connection: duckdb.DuckDBPyConnection, dbt_manifest: Path) -> list[Mart]:
    """The tables of `build.marts` by name. `build` is the build database, attached.

    Raises LumbungError for a table that dbt does not know, that states no grain, or whose types Parquet can't keep.
    """
    columns = _columns(connection, MARTS)
    if not columns:
        raise LumbungError("There is nothing to publish: the schema marts has no table.",
                           where="build database", todo="Build the marts first.")
    nodes = _nodes(dbt_manifest, MARTS)
    if stranger := next((table for table in sorted(columns) if table not in nodes), None):
        raise LumbungError(
            f"The table marts.{stranger} belongs to no dbt model.", where=str(dbt_manifest),
            todo="Drop it from the build database, or give its model back.")
    return [_mart(table, columns[table], nodes[table], MARTS) for table in sorted(columns)]


def marts_of_quality(connection: duckdb.DuckDBPyConnection, dbt_manifest: Path) -> list[Mart]:
    """The models of `build.quality` by name; none where that step was not built. Raises as `marts` does."""
    columns, nodes = _columns(connection, QUALITY), _nodes(dbt_manifest, QUALITY)
    return [_mart(table, columns[table], nodes[table], QUALITY) for table in sorted(columns.keys() & nodes.keys())]


def _mart(table: str, columns: tuple[tuple[str, str], ...], node: dict, schema: str) -> Mart:
    meta = {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}
    mart = Mart(table, tuple(meta.get("grain") or ()), meta.get("month") or "", columns, node.get("description", ""),
                {name: c.get("description", "") for name, c in node.get("columns", {}).items()},
                tuple(meta.get("trace") or ()), schema)
    _check(mart, node)
    return mart


def _columns(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = connection.execute(
        "SELECT table_name, list((column_name, data_type) ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = 'build' AND schema_name = ? GROUP BY ALL", [schema]).fetchall()
    return {table: tuple((name, kind) for name, kind in columns) for table, columns in rows}


def _nodes(dbt_manifest: Path, schema: str) -> dict[str, dict]:
    try:
        manifest = json.loads(dbt_manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LumbungError("dbt's manifest is not there, so no table's grain is known.", where=str(dbt_manifest),
                           todo="Build the marts first; dbt writes it beside them.") from None
    return {node.get("alias") or node["name"]: node for node in manifest["nodes"].values()
            if node["resource_type"] in ("model", "snapshot") and node.get("schema") == schema}


def _check(mart: Mart, node: dict) -> None:
    where = f"{node.get('patch_path') or node.get('original_file_path', '')}, model {mart.name}"
    names = {name for name, _ in mart.columns}
    if not mart.grain:
        raise LumbungError(f"The model {mart.name} states no grain.", where=where,
                           todo="Write meta: {grain: [columns that tell one row]} in its yml.")
    unknown = [name for name in [*mart.grain, *filter(None, [mart.month])] if name not in names]
    if unknown:
        raise LumbungError(f"The model {mart.name} has no column {', '.join(unknown)}, which its meta names.",
                           where=where, todo="Mend meta: grain or month in its yml.")
    lost = [f"{name} {kind}" for name, kind in mart.columns if kind.startswith(NOT_KEPT)]
    if lost:
        raise LumbungError(f"Parquet can't keep these columns of {mart.name} exactly: {', '.join(lost)}.",
                           where=where, todo="Cast them in the model, e.g. a sum of integers to BIGINT.")
