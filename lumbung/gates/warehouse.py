"""A DuckDB file as Great Expectations sees it. There is no DuckDB data source: this reaches into the SQL one."""

import atexit
import functools
import logging
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from lumbung.errors import LumbungError

# Half of what other steps get: in a run of one process it comes on top of what Great Expectations and dbt hold.
MEMORY_LIMIT = "1GB"


class Warehouse:
    """One open DuckDB file, read-only."""

    def __init__(self, source, engine):
        self._source, self._engine = source, engine

    def rows(self, sql: str) -> list[tuple]:
        """The rows of a query, as they come."""
        with self._engine.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def dicts(self, sql: str) -> list[dict]:
        """The rows of a query by column name, numbers that JSON does not know as text or float."""
        with self._engine.engine.connect() as connection:
            found = connection.exec_driver_sql(sql)
            return [{name: _plain(value) for name, value in zip(found.keys(), row, strict=True)} for row in found]

    def columns(self, table: str) -> list[str]:
        """Column names of `schema.table` in order; empty when there is no such table."""
        schema, name = table.split(".")
        return [row[0] for row in self.rows(
            "select column_name from duckdb_columns() where database_name = current_database() "
            f"and schema_name = '{schema}' and table_name = '{name}' order by column_index")]

    def validate(self, table: str, suite: dict, result_format: dict, parameters: dict) -> list[dict]:
        """Run a suite (as in its JSON file) on `schema.table`; one result an expectation: it as in the suite, and what
        GX says of its success, exception and result."""
        import great_expectations as gx

        schema, name = table.split(".")
        asset = self._source.add_table_asset(f"{table}-{uuid.uuid4().hex[:8]}", table_name=name, schema_name=schema)
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        # GX copies all it knows of an expectation some sixty times over; reasons and sources it need not know.
        slim = [{**one, "meta": {"at": at}} for at, one in enumerate(suite["expectations"])]
        outcome = batch.validate(gx.ExpectationSuite(name=suite["name"], expectations=slim),
                                 result_format=result_format, expectation_parameters=parameters)
        return [{"expectation_config": suite["expectations"][one.expectation_config.meta["at"]],
                 "success": one.success, "exception_info": one.exception_info,
                 "result": {name: _plain(value) for name, value in one.result.items()}} for one in outcome.results]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


@contextmanager
def opened(database: Path, scratch: Path) -> Iterator[Warehouse]:
    """Open a DuckDB file for Great Expectations; afterwards nothing holds it. `scratch` takes what overflows memory.

    Raises LumbungError when there is no such file or another process is writing to it.
    """
    import sqlalchemy
    import sqlalchemy.dialects.postgresql

    if not database.is_file():
        raise LumbungError("There is no build database to check.", where=str(database),
                           todo="Build staging first: lumbung run.")
    scratch.mkdir(parents=True, exist_ok=True)
    context = _context()
    options = urlencode({
        "access_mode": "read_only", "memory_limit": os.environ.get("LUMBUNG_MEMORY_LIMIT", MEMORY_LIMIT),
        "threads": os.environ.get("LUMBUNG_THREADS", "2"), "temp_directory": str(scratch / "duckdb")})
    source = context.data_sources.add_sql(
        f"lumbung-{uuid.uuid4().hex[:8]}", connection_string=f"duckdb:///{database}?{options}",
        kwargs={"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}, create_temp_table=False)
    engine = source.get_execution_engine()
    # GX picks its regex and LIKE operators by dialect and knows none called duckdb.
    engine.dialect_module = sqlalchemy.dialects.postgresql
    try:
        yield Warehouse(source, engine)
    finally:
        # The source keeps two engines, each with a pooled connection that would lock out the next writer.
        engine.close()
        source.get_engine().dispose()
        context.data_sources.delete(source.name)


@functools.cache
def _context():
    """The one GX context of this process: in memory, so that no run writes into expectations/."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    import lumbung.gates.expectation  # noqa: F401  registers our own expectation

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    # By default GX makes a folder under /tmp for its own pages; these stores write nowhere at all.
    context = gx.get_context(mode="ephemeral", project_config=DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(), analytics_enabled=False))
    context.variables.progress_bars = {"globally": False}
    atexit.register(_let_go_of_duckdb)
    return context


def _let_go_of_duckdb() -> None:
    """Keep DuckDB from printing forty lines about leaks as the process ends.

    Pydantic never frees GX's classes; they keep SQLAlchemy's types, and those keep what the DuckDB dialect hung on.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "duckdb_sqlalchemy":
            vars(module).clear()
