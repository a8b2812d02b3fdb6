"""Writes the Parquet of a release: the same rows give the same bytes, whatever their order and the threads.

A fact is one file a month. A month whose rows are those of the release before is not written again but hard-linked:
that is told by a fingerprint, two 64-bit sums over the hashes of its rows, which takes one pass over the fact.
"""

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from lumbung.lake.durable import sync_file
from lumbung.publish.marts import Mart, identifier
from lumbung.publish.reading import Release, quoted, sha256_of, sha256_of_all

# Five million items: 219 MB where snappy makes 364, for 4 % more time; small dictionaries are 6 % faster.
WRITTEN_AS = ("FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 16384, "
              "ROW_GROUP_SIZE 122880")
# Above this many rows read for one kept, a fact's months lie mixed and are sorted apart first.
MIXED = 3
SORTED_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class _Part:
    """One month of a fact: `start` is its first day, None for rows without one."""

    start: date | None
    rows: int
    fingerprint: str
    spread: int

    @property
    def file_name(self) -> str:
        return f"{self.start:%Y-%m}.parquet" if self.start else "undated.parquet"

    def where(self, column: str) -> str:
        if self.start is None:
            return f"{column} IS NULL"
        end = date(self.start.year + self.start.month // 12, self.start.month % 12 + 1, 1)
        return f"{column} >= DATE '{self.start}' AND {column} < DATE '{end}'"


def write_all(connection: duckdb.DuckDBPyConnection, marts: list[Mart], aside: Path,
              before: Release | None, changed_months: Mapping[str, Collection[date]]) -> list[dict]:
    """Write the Parquet of all marts under `aside`, durable and read-only.

    Of a fact that `changed_months` names, other months are those of `before` and are not even read.

    Gives the manifest's entry of each file: path, rows, bytes, sha256 and, for facts, layout and fingerprint.
    """
    known = {f["path"]: f for f in before.manifest["files"]} if before else {}
    files = []
    for mart in marts:
        files += (_fact(connection, mart, aside, before, known, changed_months.get(mart.name)) if mart.month
                  else [_table(connection, mart, aside)])
    written = [f for f in files if "sha256" not in f]
    hashes = sha256_of_all([aside / f["path"] for f in written])
    for file, sha256 in zip(written, hashes, strict=True):
        path = aside / file["path"]
        file["bytes"], file["sha256"] = path.stat().st_size, sha256
        if (before and known.get(file["path"], {}).get("sha256") == sha256
                and _is_whole(before.path / file["path"], sha256)):
            _link(before.path / file["path"], path)
        else:
            path.chmod(0o440)
            sync_file(path)
    return sorted(files, key=lambda f: f["path"])


def _table(connection: duckdb.DuckDBPyConnection, mart: Mart, aside: Path) -> dict:
    (aside / mart.file).parent.mkdir(parents=True, exist_ok=True)
    rows = _copy(connection, f"SELECT * FROM {mart.source} ORDER BY {mart.order}", aside / mart.file)
    return {"path": mart.file, "rows": rows}


def _fact(connection: duckdb.DuckDBPyConnection, mart: Mart, aside: Path, before: Release | None,
          known: dict[str, dict], months: Collection[date] | None) -> list[dict]:
    folder = f"internal/facts/{mart.name}"
    (aside / folder).mkdir(parents=True, exist_ok=True)
    layout = _layout(mart)
    files = _kept(mart, aside, folder, before, layout, months)
    changed = []
    done = {file["path"] for file in files}
    for part in _parts(connection, mart, [_Part(m, 0, "", 0) for m in months] if files else None):
        if f"{folder}/{part.file_name}" in done:
            continue
        file = {"path": f"{folder}/{part.file_name}", "rows": part.rows,
                "layout": layout, "fingerprint": part.fingerprint}
        earlier = known.get(file["path"], {})
        same = all(earlier.get(key) == file[key] for key in ("rows", "layout", "fingerprint"))
        # A file that was damaged since must not be handed on: the hash is read again before it is linked.
        if before and same and _is_whole(before.path / file["path"], earlier["sha256"]):
            _link(before.path / file["path"], aside / file["path"])
            file |= {"bytes": earlier["bytes"], "sha256": earlier["sha256"]}
        else:
            changed.append(part)
        files.append(file)
    _write_months(connection, mart, aside / folder, changed)
    return files


def _kept(mart: Mart, aside: Path, folder: str, before: Release | None, layout: str,
          months: Collection[date] | None) -> list[dict]:
    """Link the months of the release before that did not change; none, where that is not known or one is damaged."""
    if before is None or months is None:
        return []
    changed = {f"{folder}/{_Part(month, 0, '', 0).file_name}" for month in months}
    files = [f for f in before.manifest["files"] if f["path"].startswith(f"{folder}/") and f["path"] not in changed]
    if not all(f.get("layout") == layout and f["rows"] and _is_whole(before.path / f["path"], f["sha256"])
               for f in files):
        return []
    for file in files:
        _link(before.path / file["path"], aside / file["path"])
    return files


def _parts(connection: duckdb.DuckDBPyConnection, mart: Mart, only: list[_Part] | None = None) -> list[_Part]:
    """The months of a fact, or those of `only`, with a fingerprint that does not depend on the order of its rows."""
    if only == []:
        return []
    columns = ", ".join(identifier(name) for name, _ in mart.columns)
    source = mart.source
    is_table = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'build' AND schema_name = 'marts' "
        "AND table_name = ?", [mart.name]).fetchone()[0]
    spread = "max(rowid) - min(rowid) + 1" if is_table else f"{MIXED + 1} * count(*)"
    rows = connection.execute(
        f"SELECT date_trunc('month', {identifier(mart.month)})::DATE AS start, count(*), "
        f"sum(hash({columns})), sum(hash('lumbung', {columns})), {spread} "
        f"FROM {source} WHERE {_in_months(only, identifier(mart.month))} "
        "GROUP BY start ORDER BY start NULLS LAST").fetchall()
    if not rows and only is None:
        return [_Part(None, 0, "", 0)]
    return [_Part(start, count, f"{one:x}-{two:x}", spread) for start, count, one, two, spread in rows]


def _in_months(parts: list[_Part] | None, month: str) -> str:
    return "true" if parts is None else " OR ".join(f"({part.where(month)})" for part in parts)


def _write_months(connection: duckdb.DuckDBPyConnection, mart: Mart, folder: Path, parts: list[_Part]) -> None:
    source, order = mart.source, f"ORDER BY {mart.order}"
    if sum(p.spread for p in parts) <= MIXED * sum(p.rows for p in parts):
        _copy_months(connection, mart, folder, parts, source, order)
        return
    month = identifier(mart.month)
    for batch in _batches(parts):
        connection.execute(
            f"CREATE TABLE sorted_apart AS SELECT * FROM {source} WHERE {_in_months(batch, month)} "
            f"ORDER BY date_trunc('month', {month}) NULLS LAST, {mart.order}")
        _copy_months(connection, mart, folder, batch, "sorted_apart", "")
        connection.execute("DROP TABLE sorted_apart")


def _batches(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Months in groups that are sorted in memory, whatever the size of the fact."""
    batch: list[_Part] = []
    for part in parts:
        if batch and sum(p.rows for p in batch) + part.rows > SORTED_AT_ONCE:
            yield batch
            batch = []
        batch.append(part)
    yield batch


def _copy_months(connection: duckdb.DuckDBPyConnection, mart: Mart, folder: Path, parts: list[_Part],
                 source: str, order: str) -> None:
    # One thread a month uses the cores better than all of them on one month after another.
    threads = connection.execute("SELECT current_setting('threads')").fetchone()[0]
    connection.execute("SET threads = 1")
    try:
        with ThreadPoolExecutor(min(4, threads)) as pool:
            list(pool.map(lambda p: _copy(
                connection.cursor(), f"SELECT * FROM {source} WHERE {p.where(identifier(mart.month))} {order}",
                folder / p.file_name), parts))
    finally:
        connection.execute(f"SET threads = {threads}")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, to: Path) -> int:
    return connection.execute(f"COPY ({query}) TO '{quoted(to)}' ({WRITTEN_AS})").fetchone()[0]


def _layout(mart: Mart) -> str:
    """What else decides a file's bytes: columns, order, the writer and its version."""
    text = repr((duckdb.__version__, WRITTEN_AS, mart.columns, mart.order))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_whole(path: Path, sha256: str) -> bool:
    return path.is_file() and sha256_of(path) == sha256


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        # Some file systems have no hard links (exFAT, some network shares): a copy is as good, only bigger.
        target.write_bytes(source.read_bytes())
        target.chmod(0o440)
        sync_file(target)
