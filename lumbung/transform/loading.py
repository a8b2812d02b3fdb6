"""Takes the pinned loads into native tables: new ones in, dropped ones out, the rest untouched."""

import json
from collections import defaultdict
from pathlib import Path

import duckdb

from lumbung import privacy
from lumbung.contracts.catalogue import Contract, contracts
from lumbung.errors import LumbungError
from lumbung.lake.home import Home
from lumbung.transform import changes, pinning, previous
from lumbung.transform.database import opened

TRACE = (("load_id", "VARCHAR"), ("sheet", "VARCHAR"), ("row_number", "BIGINT"), ("piece", "INTEGER"))


def append(home: Home, run_id: str) -> dict:
    """Make the raw tables of the build database hold exactly the loads of the run's pin.

    One transaction; a load already there is not read again. Gives per feed `loads_added`, `loads_removed`,
    `rows_added`, `rows_removed`. Raises LumbungError when a pinned load's Parquet is gone or holds other
    than the accepted number of rows.
    """
    pinned = pinning.read(home, run_id)
    by_feed = defaultdict(list)
    for load in pinned:
        by_feed[load["feed"]].append(load)
    known = contracts()
    for feed in by_feed.keys() - known.keys():
        raise LumbungError(f"Loads of feed {feed!r} are pinned, but it has no contract.", where=f"run {run_id}",
                           todo="Withdraw them, or bring the contract back.")
    with opened(home) as connection:
        connection.begin()
        try:
            _prepare(connection)
            done = {feed: _feed(connection, home, contract, by_feed[feed]) for feed, contract in known.items()}
            for restated in pinning.pinned_restatements(home, run_id):
                for feed in restated["feeds"]:
                    changes.note_months(connection, known[feed], restated["from"], restated["to"])
            if _is_published_otherwise(connection, pinned):
                changes.forget_marts(connection)
            _control(connection, pinned, **pinning.beside(home, run_id))
            _run(connection, home, run_id)
            _parties(connection, pinning.parties_path(home, run_id))
            _native_rows(connection, known)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    return done


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    for schema in ("control", "raw"):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    # What stands in the raw tables, so that nobody has to scan them to know.
    connection.execute("CREATE TABLE IF NOT EXISTS control.appended "
                       "(feed VARCHAR, load_id VARCHAR, batch_id VARCHAR, rows BIGINT)")
    changes.prepare(connection)
    previous.prepare(connection)


def _is_published_otherwise(connection: duckdb.DuckDBPyConnection, pinned: list[dict]) -> bool:
    """Whether a load counts as published since another day than in the run before: `current` was turned back.

    That settles conflicts otherwise. A load's first publication does not: it was the latest before and is so after.
    """
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'control' AND table_name = 'loads' "
                              "AND database_name = current_database()").fetchall():
        return False
    before = dict(connection.execute(
        "SELECT load_id, published_since FROM control.loads WHERE published_since IS NOT NULL").fetchall())
    return any(before.get(load["load_id"], load["published_since"]) != load["published_since"] for load in pinned)


def _control(connection: duckdb.DuckDBPyConnection, pinned: list[dict], other_loads: list[dict],
             decisions: list[dict], nil_returns: list[dict]) -> None:
    for table, kinds, rows in (("loads", pinning.COLUMNS, pinned), ("other_loads", pinning.OTHER, other_loads),
                               ("decisions", pinning.DECISIONS, decisions),
                               ("nil_returns", pinning.NIL_RETURNS, nil_returns)):
        columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        connection.execute(f"CREATE OR REPLACE TABLE control.{table} ({columns})")
        connection.execute(f"INSERT INTO control.{table} SELECT unnest(from_json(?, ?), recursive := true)",
                           [json.dumps(rows), json.dumps([dict(kinds)])])


def _run(connection: duckdb.DuckDBPyConnection, home: Home, run_id: str) -> None:
    """When this run began: for gates alone, which ask what is fresh. No model reads it, so no figure hangs on it."""
    told = home.run(run_id) / "run.json"
    began = json.loads(told.read_text(encoding="utf-8"))["run_time"] if told.is_file() else None
    connection.execute("CREATE OR REPLACE TABLE control.run AS SELECT ? AS run_id, ?::TIMESTAMPTZ::DATE AS run_date",
                       [run_id, began])


def _parties(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in pinning.PARTIES.items())
    connection.execute(f"CREATE OR REPLACE TABLE control.parties ({columns})")
    if path.is_file():
        connection.execute(f"INSERT INTO control.parties SELECT {', '.join(pinning.PARTIES)} FROM read_parquet(?)",
                           [str(path)])


def _native_rows(connection: duckdb.DuckDBPyConnection, known: dict[str, Contract]) -> None:
    """Count what really stands in the native tables, load by load: other than what was said to be added.

    `source_rows` are rows of the file: of a wide table one of them became several.
    """
    counts = " UNION ALL ".join(
        f"SELECT '{feed}' AS feed, load_id, count(*) AS rows FROM raw.\"{feed}\" GROUP BY load_id" for feed in known)
    connection.execute(f"CREATE OR REPLACE TABLE control.native_rows AS SELECT *, rows AS source_rows FROM ({counts})")
    wide = connection.execute(
        "SELECT feed, list(load_id) FROM control.native_rows JOIN control.loads USING (feed, load_id) "
        "WHERE rows > rows_accepted GROUP BY feed").fetchall()
    for feed, load_ids in wide:
        connection.execute(
            f"UPDATE control.native_rows SET source_rows = found.rows FROM ({_source_rows(feed)}) AS found "
            "WHERE native_rows.load_id = found.load_id", [load_ids])


def _source_rows(feed: str) -> str:
    return (f'SELECT load_id, count(DISTINCT (sheet, row_number)) AS rows FROM raw."{feed}" '
            "WHERE load_id IN (SELECT unnest(?)) GROUP BY load_id")


def _feed(connection: duckdb.DuckDBPyConnection, home: Home, contract: Contract, pinned: list[dict]) -> dict:
    feed = contract.feed
    _table(connection, contract)
    there = dict(connection.execute(
        "SELECT load_id, batch_id FROM control.appended WHERE feed = ?", [feed]).fetchall())
    wanted = {load["load_id"]: load for load in pinned}
    gone = sorted(load_id for load_id, batch_id in there.items()
                  if load_id not in wanted or wanted[load_id]["batch_id"] != batch_id)
    new = [load for load_id, load in wanted.items() if load_id not in there or load_id in gone]
    removed = _remove(connection, contract, gone) if gone else 0
    added = _add(connection, home, contract, new) if new else 0
    changes.note(connection, contract, [load["load_id"] for load in new])
    return {"loads_added": len(new), "loads_removed": len(gone), "rows_added": added, "rows_removed": removed}


def _table(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Make the feed's table; one of an older contract is made anew, and its loads are read again."""
    columns = [*contract.warehouse_columns, *TRACE]
    found = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'raw' AND table_name = ? "
        "AND database_name = current_database() ORDER BY column_index", [contract.feed]).fetchall()
    if [tuple(row) for row in found] == columns:
        return
    changes.forget_marts(connection)
    connection.execute(f'DROP TABLE IF EXISTS raw."{contract.feed}"')
    connection.execute("DELETE FROM control.appended WHERE feed = ?", [contract.feed])
    shape = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    connection.execute(f'CREATE TABLE raw."{contract.feed}" ({shape})')


def _remove(connection: duckdb.DuckDBPyConnection, contract: Contract, gone: list[str]) -> int:
    feed = contract.feed
    changes.note(connection, contract, gone)
    (rows,) = connection.execute(
        f'DELETE FROM raw."{feed}" WHERE load_id IN (SELECT unnest(?))', [gone]).fetchone()
    connection.execute("DELETE FROM control.appended WHERE feed = ? AND load_id IN (SELECT unnest(?))",
                       [feed, gone])
    return rows


def _add(connection: duckdb.DuckDBPyConnection, home: Home, contract: Contract, new: list[dict]) -> int:
    feed = contract.feed
    paths = {load["batch_id"]: home.raw / feed / f"{load['batch_id']}.parquet" for load in new}
    for load in new:
        if not paths[load["batch_id"]].is_file():
            raise LumbungError(
                f"The typed rows of load {load['load_id']} ({load['file_name']}) are gone.",
                where=str(paths[load["batch_id"]]),
                todo="Withdraw the load and send the file again, or bring the Parquet back from a copy.")
    # A load's rows in another batch are leftovers of an attempt that died: batch and load must both fit.
    connection.execute("CREATE OR REPLACE TEMP TABLE new_loads AS "
                       "SELECT unnest(?) AS load_id, unnest(?) AS path, unnest(?) AS batch_id",
                       [[load["load_id"] for load in new], [str(paths[load["batch_id"]]) for load in new],
                        [load["batch_id"] for load in new]])
    files = sorted({str(path) for path in paths.values()})
    columns = ", ".join(f'batch."{name}"' for name, _ in [*contract.warehouse_columns, *TRACE])
    try:
        source = "read_parquet($files, filename = true) AS batch"
        if _mask_sheets(connection, files):
            columns = columns.replace('batch."sheet"', 'coalesce(sheets.shown, batch."sheet")')
            source += " LEFT JOIN sheets ON sheets.load_id = batch.load_id AND sheets.sheet = batch.sheet"
        (rows,) = connection.execute(
            f'INSERT INTO raw."{feed}" SELECT {columns} FROM {source} '
            "WHERE EXISTS (SELECT 1 FROM new_loads WHERE new_loads.load_id = batch.load_id "
            "AND new_loads.path = batch.filename)", {"files": files}).fetchone()
    except duckdb.Error as problem:
        raise LumbungError(f"The typed rows of feed {feed} don't fit its contract.",
                           where=f"{_folder(files)}: {problem}",
                           todo="Retype these loads under the contract of today.") from problem
    _check(connection, contract, new, rows)
    connection.execute(
        "INSERT INTO control.appended SELECT ?, unnest(?), unnest(?), unnest(?)",
        [feed, [load["load_id"] for load in new], [load["batch_id"] for load in new],
         [load["rows_accepted"] for load in new]])
    return rows


def _mask_sheets(connection: duckdb.DuckDBPyConnection, files: list[str]) -> bool:
    """Make the table `sheets`: what sheets and archive members that name a person are called in the warehouse.

    False where there is none. Only distinct names leave the Parquet, and those of files without a suspicious one stay.
    """
    found = connection.execute(
        "WITH sheets AS (SELECT DISTINCT load_id, sheet FROM read_parquet(?) WHERE sheet <> '') "
        "SELECT load_id, list(sheet) FROM sheets GROUP BY load_id "
        "HAVING bool_or(regexp_matches(translate(sheet, '_', ' '), ?)) ORDER BY load_id",
        [files, privacy.SUSPICIOUS]).fetchall()
    changed = [(load_id, sheet, shown) for load_id, sheets in found
               for sheet, shown in privacy.masked_apart(sheets).items() if sheet != shown]
    connection.execute("CREATE OR REPLACE TEMP TABLE sheets AS SELECT unnest(?::VARCHAR[]) AS load_id, "
                       "unnest(?::VARCHAR[]) AS sheet, unnest(?::VARCHAR[]) AS shown",
                       [list(column) for column in zip(*changed, strict=True)] or [[], [], []])
    return bool(changed)


def _folder(files: list[str]) -> str:
    return str(Path(files[0]).parent)


def _check(connection: duckdb.DuckDBPyConnection, contract: Contract, new: list[dict], rows: int) -> None:
    """Every accepted row came in, once."""
    if rows == sum(load["rows_accepted"] for load in new):
        return
    found = dict(connection.execute(_source_rows(contract.feed), [[load["load_id"] for load in new]]).fetchall())
    wrong = next((load for load in new if found.get(load["load_id"], 0) != load["rows_accepted"]), None)
    if wrong is None:
        return
    raise LumbungError(
        f"Load {wrong['load_id']} ({wrong['file_name']}) has {found.get(wrong['load_id'], 0)} rows in its "
        f"Parquet, but {wrong['rows_accepted']} were accepted.",
        where=f"{contract.feed}, batch {wrong['batch_id']}", todo="Withdraw the load and send the file again.")
