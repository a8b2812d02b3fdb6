"""Small files under LUMBUNG_HOME that may repeat a name or number, and the search for what an erasure left."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import duckdb

from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home
from lumbung.privacy.landed import CantSearch, landed_files, look
from lumbung.privacy.person import GONE, Person

SMALL = 64 << 20
DATABASES = (".parquet", ".duckdb", ".wal", ".db")


def clean_texts(home: Home, person: Person, dry_run: bool) -> list[Path]:
    """Replace the person's identifiers in ledger, logs, results and registry files by a mark; gives those files."""
    return [path for path in _texts(home) if _clean(path, person.in_system_files, dry_run)]


def remains(home: Home, person: Person) -> list[str]:
    """Where the person is still found, as paths relative to the home; empty when nowhere."""
    found = []
    for path in _files(home.root):
        place = path.relative_to(home.root)
        if home.landing in path.parents:
            continue
        if path.suffix in (".parquet", ".duckdb"):
            hit = in_tables(path, person)
        elif path.suffix == ".db":
            hit = _in_sqlite(path, person)
        elif home.releases in path.parents or home.inbox in path.parents or path.stat().st_size <= SMALL:
            hit = _in_bytes(path, person.in_system_files)
        else:
            hit = False
        if hit:
            found.append(str(place))
    for landing in landed_files(home):
        try:
            if look(landing, person).content is not None:
                found.append(str(landing.payload.relative_to(home.root)))
        except CantSearch:
            continue
    return sorted(found)


def _texts(home: Home) -> Iterator[Path]:
    """Text files that Lumbung or Airflow wrote: not what offices sent, not releases, not tombstones."""
    apart = (home.inbox, home.landing, home.releases, home.identity / "erasures", home.identity / "keys")
    for path in _files(home.root):
        if path.suffix not in DATABASES and path.name not in ("lease.json", "lease.lock") \
                and not any(folder in path.parents for folder in apart) and path.stat().st_size <= SMALL:
            yield path


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.relative_to(folder).parts[:2] != ("releases", "current"):
            yield path


def _clean(path: Path, pattern: re.Pattern, dry_run: bool) -> bool:
    try:
        text = path.read_bytes().decode("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return False
    new = pattern.sub(GONE, text)
    if new == text:
        return False
    if not dry_run:
        mode = path.stat().st_mode
        with written_aside(path) as aside:
            aside.write_bytes(new.encode())
            aside.chmod(mode)
    return True


def _in_bytes(path: Path, pattern: re.Pattern) -> bool:
    content = path.read_bytes()
    return any(pattern.search(content.decode(encoding, "ignore")) for encoding in ("utf-8", "utf-16-le"))


def in_tables(path: Path, person: Person) -> bool:
    try:
        with duckdb.connect() as con:
            if path.suffix == ".parquet":
                return _holds(con, f"read_parquet('{_quoted(path)}')", person)
            con.execute(f"attach '{_quoted(path)}' as looked_at (read_only)")
            tables = con.execute("select schema_name, table_name from duckdb_tables() "
                                 "where database_name = 'looked_at'").fetchall()
            return any(_holds(con, f'looked_at."{schema}"."{table}"', person) for schema, table in tables)
    except duckdb.Error:
        return _in_bytes(path, person.in_system_files)


def _holds(con: duckdb.DuckDBPyConnection, table: str, person: Person) -> bool:
    names = [row[0] for row in con.execute(f"describe select * from {table}").fetchall()
             if row[1] in ("VARCHAR", "JSON") or row[1].endswith("[]")]
    if not names:
        return False
    said = " or ".join(f'regexp_matches("{name}"::varchar, $pattern)' for name in names)
    return con.execute(f"select count(*) from (select 1 from {table} where {said} limit 1)",
                       {"pattern": person.sql}).fetchone()[0] > 0


def _in_sqlite(path: Path, person: Person) -> bool:
    """Airflow's own database: what tasks handed on may hold a file's name."""
    return _in_bytes(path, person.in_system_files) if path.stat().st_size <= 16 * SMALL else _dumped(path, person)


def _dumped(path: Path, person: Person) -> bool:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as con:
        return any(person.in_system_files.search(line) for line in con.iterdump())


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
