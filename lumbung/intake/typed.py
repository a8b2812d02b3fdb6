"""Typing: loads become typed rows and quarantined ones, checked against their contract inside DuckDB."""

import shutil
import uuid
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import duckdb

from lumbung.contracts import Contract, contract_of
from lumbung.errors import LumbungError
from lumbung.intake import counting, odd, outcome, rules
from lumbung.intake.landing import Landed, payload
from lumbung.intake.origins import origins_of
from lumbung.intake.readers.sources import Source
from lumbung.intake.reading import MEMORY_LIMIT, Part, Reader
from lumbung.intake.returns.editions import dated, undated
from lumbung.intake.returns.replaying import ReplayReader
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.lake.home import Home
from lumbung.privacy import keys


def type_loads(home: Home, feed: str, batch_id: str, landed: list[Landed]) -> TypedBatch:
    """Read and type the landed loads of one batch.

    Writes `raw/<feed>/<batch_id>.parquet` (rows that keep the contract; those of several files by load and row
    number), the quarantine Parquet (a row for each broken rule) and the profile (a row for each load that could be
    read), each aside and renamed. A file that can't be read at all becomes a LoadRows with a reason code and takes no
    other along.
    Raises LumbungError when rows do not add up, or when real data come without a pseudonym key.
    """
    waiting = {one.load_id: one for one in landed if one.status == "landed"}
    batch = TypedBatch(
        feed, batch_id, home.raw / feed / f"{batch_id}.parquet", home.quarantine / feed / f"{batch_id}.parquet",
        home.scratch / "profiles" / f"{batch_id}.parquet",
        redelivered=sum(one.status == "redelivered" for one in landed),
        strays=sum(one.status == "rejected" for one in landed))
    if not waiting:
        return batch
    keys.require_same(home)
    contract = contract_of(feed)
    scratch = home.scratch / f"typing-{batch_id}-{uuid.uuid4().hex[:8]}"
    scratch.mkdir(parents=True)
    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch / "spill")})
    try:
        rules.install(con)
        parts, unreadable, originals, incomplete = _read(home, con, contract, scratch, waiting)
        physical = counting.physical_rows(originals, (part.text for part in parts))
        odd.mend(con, contract, parts, origins_of(home, waiting))
        counts = outcome.write(con, contract, parts, waiting, batch, physical, incomplete)
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    loads = []
    for load_id, one in waiting.items():
        if load_id in unreadable:
            code, reason = unreadable[load_id]
            loads.append(LoadRows(one, reason_code=code, reason=reason))
        else:
            loads.append(LoadRows(one, *counts.get(load_id, (0, 0, 0, 0))))
    _require_conservation(loads)
    loads = undated(contract, batch.quarantine_path, loads)
    return replace(batch, loads=tuple(loads))


def _read(home: Home, con: duckdb.DuckDBPyConnection, contract: Contract, scratch: Path,
          waiting: dict[str, Landed],
          ) -> tuple[list[Part], dict[str, tuple[str, str]], list[tuple[Source, str]], set[tuple[str, str, int]]]:
    """Read what came as files, what a person dated, and what came back mended, each by a reader of its own."""
    parts, unreadable, originals, incomplete, groups = [], {}, [], set(), defaultdict(list)
    for load_id in sorted(waiting):
        one = waiting[load_id]
        groups[bool(one.parent_load_id), tuple(sorted(one.constants.items()))].append(one)
    for number, ((is_replay, constants), group) in enumerate(sorted(groups.items())):
        folder = scratch / str(number)
        folder.mkdir()
        if is_replay:
            reader = ReplayReader(con, contract, folder, home, group)
        else:
            here = dated(contract, {one.agency for one in group}, dict(constants)) if constants else contract
            reader = Reader(con, here, folder)
        parts += reader.read([Source(one.load_id, payload(home, contract.feed, one.sha256), one.agency)
                              for one in group])
        unreadable |= reader.unreadable
        originals += reader.originals
        incomplete |= reader.incomplete
    return parts, unreadable, originals, incomplete


def _require_conservation(loads: list[LoadRows]) -> None:
    for load in loads:
        if load.rows_read != load.rows_skipped + load.rows_accepted + load.rows_quarantined:
            raise LumbungError(
                f"Rows do not add up: {load.rows_read} read, {load.rows_accepted} accepted, "
                f"{load.rows_quarantined} quarantined, {load.rows_skipped} skipped.",
                where=f"{load.landed.feed}, {load.landed.file_name}",
                todo="This is a fault of Lumbung: nothing was taken in. Report it with the file.")
