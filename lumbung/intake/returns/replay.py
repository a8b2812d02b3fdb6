"""A mended return workbook comes back: landed as it is, a load for each feed and parent in it."""

import hashlib
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lumbung.contracts import contract_of
from lumbung.errors import LumbungError
from lumbung.intake.batches import Batch, batch_of_loads
from lumbung.intake.landing import Landed, landed_events, payload
from lumbung.intake.returns import entries, workbook
from lumbung.intake.returns.mended import MendedRow
from lumbung.intake.returns.replaying import rows_of
from lumbung.lake import ledger
from lumbung.lake.durable import sync_folder
from lumbung.lake.families import is_live, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load, load_id_of

SETTLED = ("loaded", "held", "withdrawn")


@dataclass(frozen=True)
class Returned:
    """What a workbook came to. `batches` are to be taken in; `left_open` counts open rows that are not in it."""

    batches: tuple[Batch, ...]
    loads: int
    redelivered: int
    rows: int
    mended_before: int
    left_open: int


def bring_back(home: Home, path: Path) -> Returned:
    """Land a mended workbook. Nothing is judged yet: that is for whoever takes in `batches`.

    Raises LumbungError for a workbook that is none of ours, names rows that are not in quarantine, or can't be read.
    """
    if not path.is_file():
        raise LumbungError("There is no such file.", where=str(path), todo="Give the path of the mended workbook.")
    tables = workbook.tables(path)
    with ledger.staying(home):
        return _brought_back(home, path, tables)


def _brought_back(home: Home, path: Path, tables: list[workbook.Table]) -> Returned:
    state = ledger.loads(home)
    rows = _checked(home, path, tables, state)
    sha256, size = _digest(path)
    landed, again = [], []
    for parent_id, mine in rows.items():
        parent = state[parent_id]
        version = contract_of(parent.feed).version
        one = Landed(load_id_of(parent.feed, parent.agency, sha256, version, parent_id), parent.feed, parent.agency,
                     _printable(path.name), sha256, size, contract_version=version, parent_load_id=parent_id)
        if known := _known(state, one, mine):
            again.append(Landed(**{**vars(one), "load_id": known.load_id, "status": "redelivered",
                                   "reason": f"Isi berkas sama dengan kiriman {known.load_id}."}))
        else:
            landed.append(one)
    batches = [batch_of_loads(feed, [one.load_id for one in landed if one.feed == feed])
               for feed in sorted({one.feed for one in landed})]
    for batch in batches:
        _copy(home, path, batch.feed, sha256)
    of_feed = {batch.feed: batch.batch_id for batch in batches}
    ledger.record(home, [event for one in (*landed, *again) for event in landed_events(one, of_feed.get(one.feed, ""))])
    taken = {one.parent_load_id: rows[one.parent_load_id] for one in landed}
    return Returned(tuple(batches), len(landed), len(again), sum(map(len, taken.values())),
                    sum(_is_mended(state, state[parent], row) for parent, mine in taken.items() for row in mine),
                    _left_open(home, taken))


def _known(state: dict[str, Load], one: Landed, rows: list[MendedRow]) -> Load | None:
    """The load that these bytes are already, for the same rows; one that came to nothing only where it would again."""
    for load in state.values():
        if (load.sha256, load.parent_load_id) != (one.sha256, one.parent_load_id) or "file" in load.removed:
            continue
        if load.status in SETTLED or (load.load_id == one.load_id and (
                load.reason_code == "all_rows_rejected" or (load.reason_code == "no_rows" and all(
                    row.is_empty or _is_mended(state, state[one.parent_load_id], row) for row in rows)))):
            return load
    return None


def _is_mended(state: dict[str, Load], root: Load, row: MendedRow) -> bool:
    return row.is_in or row.place in entries.mended_rows(state, root)


def _checked(home: Home, path: Path, tables: list[workbook.Table],
             state: dict[str, Load]) -> dict[str, list[MendedRow]]:
    """Load id -> its rows in the workbook. Raises LumbungError where one is not in quarantine or can't be read."""
    roots: dict[str, Load] = {}
    for table in tables:
        for line in table.lines:
            if line.load_id not in state:
                raise LumbungError(f"The workbook names load {line.load_id!r}, which this warehouse does not know.",
                                   where=f"{path}, {table.where(line)}",
                                   todo=f"Is LUMBUNG_HOME ({home.root}) where it was exported from?")
            root = root_of(state, state[line.load_id])
            roots.setdefault(root.load_id, root)
    if not roots:
        raise LumbungError("The workbook has no rows.", where=str(path), todo="Nothing to do: all rows were deleted.")
    for root in roots.values():
        if not is_live(root):
            todo = ("Send the whole file again, mended, through the inbox." if root.status == "rejected" or root.removed
                    else f"lumbung loads restore {root.load_id}, or leave it out.")
            raise LumbungError(f"Load {root.load_id} ({root.file_name}) is {root.status}: its rows are not wanted now.",
                               where=str(path), todo=todo)
    # What can't be read is refused before it lands.
    return {root.load_id: rows_of(tables, contract_of(root.feed), home, state, root) for root in roots.values()}


def _left_open(home: Home, taken: dict[str, list[MendedRow]]) -> int:
    sent = {(parent, *row.place) for parent, rows in taken.items() for row in rows if not row.is_in}
    with duckdb.connect() as con:
        entries.gather(con, home)
        still = con.execute("""select distinct root_id, sheet, row_number from entries
                               where status = 'open' and list_contains(?, root_id)""", [sorted(taken)]).fetchall()
    return len(set(still) - sent)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _copy(home: Home, path: Path, feed: str, sha256: str) -> None:
    """Put the bytes of the workbook where those of a file of this feed would be."""
    final = payload(home, feed, sha256).parent
    aside = home.landing / feed / f".{uuid.uuid4().hex}"
    aside.mkdir(parents=True)
    try:
        with path.open("rb") as source, (aside / "payload").open("wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        if hashlib.sha256((aside / "payload").read_bytes()).hexdigest() != sha256:
            raise LumbungError("The workbook changed while it was read.", where=str(path), todo="Try again.")
        sync_folder(aside)
        if not final.is_dir():
            aside.rename(final)
        sync_folder(home.landing / feed)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode("ascii")
                   for c in name)
