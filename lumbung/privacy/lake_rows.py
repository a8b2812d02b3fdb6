"""A person's rows in the typed and quarantined Parquet of the lake: found, and taken out."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from lumbung.contracts import contracts
from lumbung.lake.durable import sync_folder, written_aside
from lumbung.lake.home import Home
from lumbung.privacy.person import GONE, Person

# Where a row comes from says nothing of whose row it is; a file may still be named for a person.
ORIGIN = ("load_id", "feed", "agency", "file_name", "sha256", "sheet")
# Party keys of the owners of an item, each with what it declares: p1_abc…:1234.56;p1_def…:
LISTS = ("producers",)
# A shorter text tells no document from another: a year, a correction's number.
SHORTEST = 8
WRITTEN_AS = "format parquet, compression zstd"


@dataclass
class Batch:
    """One batch that holds rows of the person: load id -> how many accepted, how many quarantined.

    `rows` are these by load and number, `documents` the documents they stand in, `party_keys` the parties they name.
    """

    feed: str
    batch_id: str
    accepted: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    named_file: bool = False
    party_keys: set[str] = field(default_factory=set)
    rows: set[tuple[str, int]] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    @property
    def load_ids(self) -> list[str]:
        """Loads that lose rows."""
        return sorted({*self.accepted, *self.quarantined})


def find(home: Home, person: Person) -> list[Batch]:
    """The batches with rows of the person, by feed and batch id. Leftovers of attempts that died count too."""
    found = []
    names = {(path.parent.name, path.stem) for store in (home.raw, home.quarantine)
             for path in store.glob("*/*.parquet") if not path.name.startswith(".")}
    with duckdb.connect() as con:
        for feed, batch_id in sorted(names):
            batch = _batch(con, home, person, feed, batch_id)
            if batch.load_ids or batch.named_file:
                found.append(batch)
    return found


def move(home: Home, person: Person, batch: Batch, load_ids: list[str]) -> str:
    """Write what is left of these loads under a new batch id, which is returned. Nothing old is touched yet."""
    new_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-erased-{uuid.uuid4().hex[:10]}"
    with duckdb.connect() as con:
        _batch(con, home, person, batch.feed, batch.batch_id)
        for store in (home.raw, home.quarantine):
            path = store / batch.feed / f"{batch.batch_id}.parquet"
            if path.is_file():
                _write(con, path, path.with_name(f"{new_id}.parquet"), person, f"list_contains({load_ids}, load_id)")
    return new_id


def purge(home: Home, person: Person, batch: Batch, moved: list[str]) -> None:
    """Take the person's rows, and all rows of moved loads, out of the old Parquet of a batch."""
    with duckdb.connect() as con:
        _batch(con, home, person, batch.feed, batch.batch_id)
        for store in (home.raw, home.quarantine):
            path = store / batch.feed / f"{batch.batch_id}.parquet"
            if path.is_file():
                _write(con, path, path, person, f"not list_contains({moved}::varchar[], load_id)")
                sync_folder(path.parent)


def _batch(con: duckdb.DuckDBPyConnection, home: Home, person: Person, feed: str, batch_id: str) -> Batch:
    """Look through one batch; leaves the table `gone` (load_id, sheet, row_number) behind."""
    batch, known = Batch(feed, batch_id), contracts()
    documents = known[feed].document_key if feed in known else ()
    con.execute("create or replace temp table gone (load_id varchar, sheet varchar, row_number bigint)")
    for store in (home.raw, home.quarantine):
        path = store / feed / f"{batch_id}.parquet"
        if not path.is_file():
            continue
        columns = _texts(con, path)
        said = " or ".join(f"regexp_matches({name}, $pattern)" for name in columns if name.strip('"') not in ORIGIN)
        con.execute(f"insert into gone select distinct load_id, sheet, row_number from read_parquet({_text(path)}) "
                    f"where {said or 'false'}", {"pattern": person.sql} if said else None)
        if "file_name" in {name.strip('"') for name in columns}:
            batch.named_file |= con.execute(
                f"select count(*) from read_parquet({_text(path)}) where regexp_matches(file_name, ?)",
                [person.sql]).fetchone()[0] > 0
    batch.rows = set(con.execute("select distinct load_id, row_number from gone").fetchall())
    for store, counts in ((home.raw, batch.accepted), (home.quarantine, batch.quarantined)):
        path = store / feed / f"{batch_id}.parquet"
        if not path.is_file():
            continue
        theirs = f"read_parquet({_text(path)}) semi join gone using (load_id, sheet, row_number)"
        counts |= dict(con.execute(f"select load_id, count(distinct (sheet, row_number)) from {theirs} "
                                   "group by 1").fetchall())
        for name in _texts(con, path):
            if name.strip('"').endswith("party_key"):
                batch.party_keys |= {key for (key,) in con.execute(
                    f"select distinct {name} from {theirs} where {name} is not null").fetchall()}
            if store == home.raw and name.strip('"') in documents:
                batch.documents |= {said for (said,) in con.execute(
                    f"select distinct {name} from {theirs} where length({name}) >= {SHORTEST}").fetchall()}
            if name.strip('"') in LISTS:
                batch.party_keys |= {owner.rpartition(":")[0] for (said,) in con.execute(
                    f"select distinct {name} from {theirs} where {name} is not null").fetchall()
                    for owner in said.split(";")}
    return batch


def _write(con: duckdb.DuckDBPyConnection, source: Path, target: Path, person: Person, which: str) -> None:
    columns = {name.strip('"') for name in _texts(con, source)}
    cleaned = ", ".join(f"regexp_replace({name}, {_text(person.sql)}, {_text(GONE)}, 'g') as {name}"
                        for name in ("file_name", "sheet") if name in columns)
    star = f"* replace ({cleaned})" if cleaned else "*"
    with written_aside(target) as aside:
        con.execute(f"copy (select {star} from (select * from read_parquet({_text(source)}) "
                    f"anti join gone using (load_id, sheet, row_number)) where {which}) "
                    f"to {_text(aside)} ({WRITTEN_AS})")


def _texts(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    rows = con.execute(f"describe select * from read_parquet({_text(path)})").fetchall()
    return ['"' + row[0].replace('"', '""') + '"' for row in rows if row[1] in ("VARCHAR", "JSON")]


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
