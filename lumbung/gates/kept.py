"""Reads what `gates.history` keeps in the lake."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from lumbung.gates.failing import as_text
from lumbung.lake.home import Home

STEPS = ("raw", "staging", "marts")
AT_ONCE = 10_000


def failed_checks(home: Home, **which: str | None) -> list[dict]:
    """The checks that did not hold, as rows of the results (`history.RESULTS`). Chosen as for `failing_rows`."""
    return list(_read(home, "results", "status <> 'passed'", which))


def failing_rows(home: Home, **which: str | None) -> Iterator[dict]:
    """All failing rows that are kept (`failing.COLUMNS`), uncut and in order, a dict each.

    `step`, `check`, `load` and `run` narrow them down. Without `run` they are those of the last run of each step, of
    gate raw of its last day; of a `load`, of every batch that it was in.
    """
    chosen = {"check_name": which.get("check"), "load_id": which.get("load")}
    terms = [f"{name} = {as_text(value)}" for name, value in chosen.items() if value]
    return _read(home, "failures", " and ".join(terms) or "true", which)


def most_rows_failed(home: Home, table: str, check: str, load_id: str) -> int:
    """How many rows of a load failed a check of `schema.table`, in the gate run that found most of them."""
    folder = home.quality / "failures" / table.partition(".")[0]
    files = [str(path) for path in folder.glob("*/*.parquet") if not path.name.startswith(".")]
    if not files:
        return 0
    with duckdb.connect() as connection:
        return connection.execute(
            "select coalesce(max(rows_failed), 0) from (select run_id, count(*) as rows_failed from read_parquet(?) "
            "where table_name = ? and check_name = ? and load_id = ? group by run_id)",
            [files, table, check, load_id]).fetchone()[0]


def _read(home: Home, kind: str, where: str, which: dict[str, str | None]) -> Iterator[dict]:
    with duckdb.connect() as connection:
        for step in STEPS:
            if which.get("step") in (None, "", step):
                files = _files(connection, home, kind, step, which.get("run"), which.get("load"))
                yield from _rows(connection, files, where)


def _rows(connection: duckdb.DuckDBPyConnection, files: list[Path], where: str) -> Iterator[dict]:
    if not files:
        return
    found = connection.execute(
        f"select * from read_parquet({[str(path) for path in files]}) where {where} order by all")
    names = [column[0] for column in found.description]
    while rows := found.fetchmany(AT_ONCE):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def _files(connection: duckdb.DuckDBPyConnection, home: Home, kind: str, step: str, run: str | None,
           load: str | None) -> list[Path]:
    folder = home.quality / kind / step
    if run:
        return sorted(path for path in folder.glob("*/*.parquet") if path.stem == run)
    if step == "raw" and load:
        return sorted(path for path in folder.glob("*/*.parquet") if not path.name.startswith("."))
    days = sorted((home.quality / "results" / step).glob("*/"))
    if not days:
        return []
    last = [path for path in days[-1].glob("*.parquet") if not path.name.startswith(".")]
    names = {path.name for path in last} if step == "raw" else _newest(connection, last)
    return sorted(path for path in (folder / days[-1].name).glob("*.parquet") if path.name in names)


def _newest(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> set[str]:
    """Of several runs of one day the name of the last one."""
    run_id, = connection.execute(f"select run_id from read_parquet({[str(path) for path in files]}) "
                                 "order by checked_at desc, run_id desc limit 1").fetchone()
    return {f"{run_id}.parquet"}
