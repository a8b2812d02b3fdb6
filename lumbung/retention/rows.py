"""Typed rows and texts in quarantine that nobody reads any more: found in the Parquet of the lake, and taken out."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.lake.durable import sync_folder, written_aside
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load
from lumbung.privacy import row_marks
from lumbung.retention.waiting import Row

WRITTEN_AS = "format parquet, compression snappy"
GONE = ("file", "reading")
# A row whose text was removed keeps its place and reasons, so that it goes on being counted.
HAS_TEXT = f"(raw_value is not null or not starts_with(raw_row, '{{\"{row_marks.REMOVED}\":'))"
IS_WANTED = ("(load_id in (select load_id from wanted_loads) or (load_id, sheet, row_number) in "
             "(select (load_id, sheet, row_number) from wanted_rows))")


def is_gone(load: Load) -> bool:
    """Whether retention removed the typed rows of a load."""
    return any(kind in load.removed for kind in GONE)


def typed(home: Home, loads: Iterable[Load]) -> dict[Path, list[str]]:
    """The raw Parquet that holds rows of these loads, in their own batches and in leftovers: file -> their ids."""
    found: dict[Path, list[str]] = defaultdict(list)
    for feed, ids in _by_feed(loads).items():
        if paths := parquet(home.raw / feed):
            with duckdb.connect() as con:
                for path, load_id in con.execute(
                        "select distinct filename, load_id from read_parquet($paths, filename = true, "
                        "union_by_name = true) where list_contains($ids, load_id) order by all",
                        {"paths": paths, "ids": ids}).fetchall():
                    found[Path(path)].append(load_id)
    return dict(found)


def remove_typed(home: Home, state: dict[str, Load]) -> None:
    """Take the rows of all loads that are gone out of the raw Parquet; a batch of such loads alone goes whole."""
    gone = [load for load in state.values() if is_gone(load)]
    named = defaultdict(list)
    for load in state.values():
        named[load.feed, load.batch_id].append(is_gone(load))
    for path, ids in typed(home, gone).items():
        theirs = named[path.parent.name, path.stem]
        if not theirs or not all(theirs):
            with duckdb.connect() as con, written_aside(path) as aside:
                con.execute(f"copy (select * from read_parquet({_text(path)}) where not list_contains($ids, load_id)) "
                            f"to {_text(aside)} ({WRITTEN_AS})", {"ids": ids})
    for feed, batch_id in sorted({(load.feed, load.batch_id) for load in gone if load.batch_id}):
        if all(named[feed, batch_id]):
            forget_batch(home, feed, batch_id)
        for path in home.identity_work.glob(f"*/mentions/{feed}/{batch_id}-*.parquet"):
            path.unlink()                       # made again of what is left


def forget_batch(home: Home, feed: str, batch_id: str) -> None:
    """Remove the typed rows of a batch and what was made of them alone."""
    for path in (home.raw / feed / f"{batch_id}.parquet", home.raw.parent / "covered" / feed / f"{batch_id}.parquet",
                 home.build / "gates" / "raw" / f"{batch_id}.json"):
        if path.is_file():
            path.unlink()
            sync_folder(path.parent)


def texts(home: Home, loads: Iterable[Load], rows: Iterable[tuple[str, Row]]) -> dict[Path, dict[str, set[Row]]]:
    """The quarantine Parquet in which rows of these loads, or these `rows` (feed and row), still have their text:
    file -> load id -> rows."""
    found: dict[Path, dict[str, set[Row]]] = defaultdict(lambda: defaultdict(set))
    whole, single = _by_feed(loads), defaultdict(list)
    for feed, row in rows:
        single[feed].append(row)
    for feed in sorted({*whole, *single}):
        if paths := parquet(home.quarantine / feed):
            with duckdb.connect() as con:
                _want(con, whole.get(feed, []), single[feed])
                for path, *row in con.execute(
                        "select distinct filename, load_id, sheet, row_number from read_parquet($paths, "
                        f"filename = true) where {IS_WANTED} and {HAS_TEXT} order by all",
                        {"paths": paths}).fetchall():
                    found[Path(path)][row[0]].add(tuple(row))
    return {path: dict(of_load) for path, of_load in found.items()}


def remove_texts(found: dict[Path, dict[str, set[Row]]], state: dict[str, Load]) -> None:
    """Take the text out of rows in quarantine; their places and reasons stay. A mark of what they said stays where the
    file may be read again, and none where it is gone."""
    for path, of_load in found.items():
        with duckdb.connect() as con, written_aside(path) as aside:
            _want(con, [], [row for rows in of_load.values() for row in rows])
            said = con.execute(f"select distinct load_id, raw_row from read_parquet({_text(path)}) "
                               f"where {IS_WANTED} order by all").fetchall()
            con.register("stays", pa.table({
                "load_id": pa.array([load_id for load_id, _ in said], pa.string()),
                "raw_row": pa.array([raw_row for _, raw_row in said], pa.string()),
                "left_of_it": pa.array([row_marks.what_stays(raw_row, marked="file" not in state[load_id].removed)
                                        for load_id, raw_row in said], pa.string())}))
            con.execute(f"""copy (
                select q.* exclude (file_row_number, goes) replace (
                    case when not goes then raw_value end as raw_value, coalesce(left_of_it, q.raw_row) as raw_row)
                from (select *, {IS_WANTED} as goes
                      from read_parquet({_text(path)}, file_row_number = true)) q
                left join stays on goes and stays.load_id = q.load_id and stays.raw_row = q.raw_row
                order by file_row_number) to {_text(aside)} ({WRITTEN_AS})""")


def parquet(folder: Path) -> list[str]:
    """The whole Parquet files of a folder."""
    return sorted(str(path) for path in folder.glob("*.parquet") if not path.name.startswith("."))


def _want(con: duckdb.DuckDBPyConnection, loads: list[str], rows: list[Row]) -> None:
    columns = list(zip(*sorted(rows), strict=True)) if rows else [[], [], []]
    con.register("wanted_loads", pa.table({"load_id": pa.array(loads, pa.string())}))
    con.register("wanted_rows", pa.table({
        "load_id": pa.array(columns[0], pa.string()), "sheet": pa.array(columns[1], pa.string()),
        "row_number": pa.array(columns[2], pa.int64())}))


def _by_feed(loads: Iterable[Load]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for load in loads:
        found[load.feed].append(load.load_id)
    return dict(sorted(found.items()))


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
