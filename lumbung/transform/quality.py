"""Native tables that the marts of quality are made of: what gates found, loads as the pin saw them, deliveries.

These depend on the clock and on how often a gate ran, so no other model reads them, and what is made of them is no
part of what makes two releases the same.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb

from lumbung.deliveries import day_of
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.transform import changes, pinning
from lumbung.transform.database import opened

# Numbers of the history are floating; the warehouse holds none, so that no amount ever passes through one.
NUMBER, SECONDS = "DECIMAL(38,6)", "DECIMAL(12,3)"
RESULTS = {
    "run_id": "VARCHAR", "checked_at": "TIMESTAMP", "step": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR",
    "table_name": "VARCHAR", "check_name": "VARCHAR", "column_name": "VARCHAR", "severity": "VARCHAR",
    "owner": "VARCHAR", "reason": "VARCHAR", "status": "VARCHAR", "subject": "VARCHAR", "observed": NUMBER,
    "limit_low": NUMBER, "limit_high": NUMBER, "rows_checked": "BIGINT", "rows_failed": "BIGINT", "seconds": SECONDS}
LOADS = {
    "load_id": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR", "status": "VARCHAR", "parent_load_id": "VARCHAR",
    "batch_id": "VARCHAR", "landed_on": "DATE", "rows_read": "BIGINT", "rows_skipped": "BIGINT",
    "rows_accepted": "BIGINT", "rows_quarantined": "BIGINT"}
DELIVERIES = {
    "feed": "VARCHAR", "agency": "VARCHAR", "period_from": "DATE", "due_on": "DATE", "landed_on": "DATE",
    "status": "VARCHAR", "source": "VARCHAR", "is_synthetic": "BOOLEAN"}
RUN = {"run_id": "VARCHAR", "run_date": "DATE"}
# What stays from run to run; the rest is small and made anew.
KEPT = {
    "result_files": {"path": "VARCHAR", "mark": "VARCHAR", "step": "VARCHAR", "run_id": "VARCHAR"},
    "check_results": RESULTS,
    "refused_loads": {"load_id": "VARCHAR", "batch_id": "VARCHAR"},
    "refused_rows": {"load_id": "VARCHAR", "is_incomplete": "BOOLEAN", "is_invalid": "BOOLEAN", "rows": "BIGINT"},
    "named_rows": {"load_id": "VARCHAR", "sheet": "VARCHAR", "row_number": "BIGINT"}}


def load_quality(home: Home, run_id: str, run_date: date, deliveries: Iterable[Mapping]) -> None:
    """Bring what the marts of quality are made of into the schema `quality` of the build database.

    `deliveries` are dicts of DELIVERIES, `run_date` the day on which the run began. Files of history and quarantine
    are read once: a day costs what the day brought.
    """
    loads = ledger.loads(home, [home.ledger / name for name in pinning.pinned_log(home, run_id)["names"]])
    with opened(home) as connection:
        connection.begin()
        try:
            connection.execute("CREATE SCHEMA IF NOT EXISTS quality")
            for table, kinds in KEPT.items():
                connection.execute(f"CREATE TABLE IF NOT EXISTS quality.{table} ({_shape(kinds)})")
            _replace(connection, "run", RUN, [{"run_id": run_id, "run_date": run_date}])
            _replace(connection, "deliveries", DELIVERIES, list(deliveries))
            _replace(connection, "loads", LOADS, [
                {**asdict(load), "landed_on": day_of(load.landed_at or load.judged_at)} for load in loads.values()])
            _results(connection, home)
            _refused_rows(connection, home)
            _named_rows(connection, home, run_id)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def _shape(kinds: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in kinds.items())


def _replace(connection: duckdb.DuckDBPyConnection, table: str, kinds: Mapping[str, str],
             rows: Sequence[Mapping]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE quality.{table} ({_shape(kinds)})")
    told = json.dumps([{name: row[name] for name in kinds} for row in rows], default=str)
    connection.execute(f"INSERT INTO quality.{table} SELECT unnest(from_json(?, ?), recursive := true)",
                       [told, json.dumps([dict(kinds)])])


def _results(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Take in the results of gate runs that are not there yet, or were written again since; drop those that went."""
    there = {}
    for path in (home.quality / "results").glob("*/*/[!.]*.parquet"):
        about = path.stat()
        there[str(path.relative_to(home.quality))] = f"{about.st_size}-{about.st_mtime_ns}"
    known = dict(connection.execute("SELECT path, mark FROM quality.result_files").fetchall())
    gone = [path for path, mark in known.items() if there.get(path) != mark]
    if gone:
        connection.execute(
            "DELETE FROM quality.check_results WHERE (step, run_id) IN "
            "(SELECT (step, run_id) FROM quality.result_files WHERE path IN (SELECT unnest(?)))", [gone])
        connection.execute("DELETE FROM quality.result_files WHERE path IN (SELECT unnest(?))", [gone])
    new = sorted(path for path, mark in there.items() if known.get(path) != mark)
    if not new:
        return
    columns = ", ".join(f"try_cast({name} AS {kind})" for name, kind in RESULTS.items())
    connection.execute(f"INSERT INTO quality.check_results SELECT {columns} FROM read_parquet(?)",
                       [[str(home.quality / path) for path in new]])
    connection.execute("INSERT INTO quality.result_files SELECT unnest(?), unnest(?), unnest(?), unnest(?)", [
        new, [there[path] for path in new], [path.split("/")[1] for path in new], [Path(path).stem for path in new]])


def _refused_rows(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Count the quarantined rows of loads: those that lack a value, those that break another rule, and both.

    One that is there for its document's sake alone is neither.
    """
    connection.execute("DELETE FROM quality.refused_loads WHERE (load_id, batch_id) NOT IN "
                       "(SELECT (load_id, batch_id) FROM quality.loads)")
    connection.execute("DELETE FROM quality.refused_rows WHERE load_id NOT IN "
                       "(SELECT load_id FROM quality.refused_loads)")
    new = connection.execute(
        "SELECT feed, batch_id, load_id FROM quality.loads WHERE rows_quarantined > 0 AND status <> 'landed' "
        "AND load_id NOT IN (SELECT load_id FROM quality.refused_loads) ORDER BY ALL").fetchall()
    files = {path for feed, batch_id, _ in new if (path := home.quarantine / feed / f"{batch_id}.parquet").is_file()}
    if not files:
        return
    # A load's rows in another batch are leftovers of an attempt that died.
    connection.execute(
        "INSERT INTO quality.refused_rows WITH refused AS ("
        "  SELECT load_id, bool_or(reason_code = 'missing_value') AS is_incomplete,"
        "    bool_or(reason_code NOT IN ('missing_value', 'document_incomplete')) AS is_invalid"
        "  FROM read_parquet($files, filename = true) AS batch WHERE EXISTS ("
        "    SELECT 1 FROM (SELECT unnest($loads) AS load_id, unnest($paths) AS path) AS new"
        "    WHERE new.load_id = batch.load_id AND new.path = batch.filename)"
        "  GROUP BY load_id, sheet, row_number) "
        "SELECT load_id, is_incomplete, is_invalid, count(*) FROM refused GROUP BY ALL",
        {"files": sorted(str(path) for path in files), "loads": [load_id for *_, load_id in new],
         "paths": [str(home.quarantine / feed / f"{batch_id}.parquet") for feed, batch_id, _ in new]})
    connection.execute("INSERT INTO quality.refused_loads SELECT unnest(?), unnest(?)",
                       [[load_id for *_, load_id in new], [batch_id for _, batch_id, _ in new]])


def _named_rows(connection: duckdb.DuckDBPyConnection, home: Home, run_id: str) -> None:
    """Add the rows that the gates of this run named; the first build of all rows, and small feeds, begin anew.

    A gate before this run's that failed need not be asked: what it saw is changed still, so this run's saw it again.
    """
    [(state,)] = connection.execute("SELECT max(state) FROM control.built").fetchall()
    if state == "whole":
        connection.execute("DELETE FROM quality.named_rows")
    connection.execute("DELETE FROM quality.named_rows WHERE load_id IN (SELECT load_id FROM quality.loads "
                       "WHERE feed NOT IN (SELECT unnest(?)))", [list(changes.BY_DOCUMENT)])
    files = sorted(str(path) for step in ("staging", "marts")
                   for path in (home.quality / "failures" / step).glob(f"*/{run_id}.parquet"))
    if files:
        # What a check of sums or conflicts names is no row of a file.
        connection.execute(
            "INSERT INTO quality.named_rows SELECT load_id, coalesce(sheet, ''), row_number FROM read_parquet(?) "
            "WHERE load_id IS NOT NULL AND row_number IS NOT NULL EXCEPT SELECT * FROM quality.named_rows", [files])
