"""Typing: loads become typed rows and quarantined ones, checked against their contract inside DuckDB."""

import shutil
import uuid
from dataclasses import replace

import duckdb

from lumbung.contracts import contract_of
from lumbung.errors import LumbungError
from lumbung.intake import outcome, rules
from lumbung.intake.landing import Landed, payload
from lumbung.intake.reading import Reader
from lumbung.intake.sources import Source
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.lake.home import Home

MEMORY_LIMIT = "2GB"


def type_loads(home: Home, feed: str, batch_id: str, landed: list[Landed]) -> TypedBatch:
    """Read and type the landed loads of one batch.

    Writes `raw/<feed>/<batch_id>.parquet` (rows that keep the contract, by load and row number), the quarantine
    Parquet (a row for each broken rule) and the profile (a row for each load that could be read), each aside and
    renamed. A file that can't be read at all becomes a LoadRows with a reason code and takes no other along.
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
    contract = contract_of(feed)
    scratch = home.scratch / f"typing-{batch_id}-{uuid.uuid4().hex[:8]}"
    scratch.mkdir(parents=True)
    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch / "spill")})
    try:
        rules.install(con)
        reader = Reader(con, contract, scratch)
        parts = reader.read([Source(load_id, payload(home, feed, waiting[load_id].sha256))
                             for load_id in sorted(waiting)])
        counts = outcome.write(con, contract, parts, waiting, batch)
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
    loads = []
    for load_id, one in waiting.items():
        if load_id in reader.unreadable:
            code, reason = reader.unreadable[load_id]
            loads.append(LoadRows(one, reason_code=code, reason=reason))
        else:
            loads.append(LoadRows(one, *counts.get(load_id, (0, 0, 0, 0))))
    _require_conservation(loads)
    return replace(batch, loads=tuple(loads))


def _require_conservation(loads: list[LoadRows]) -> None:
    for load in loads:
        if load.rows_read != load.rows_skipped + load.rows_accepted + load.rows_quarantined:
            raise LumbungError(
                f"Rows do not add up: {load.rows_read} read, {load.rows_accepted} accepted, "
                f"{load.rows_quarantined} quarantined, {load.rows_skipped} skipped.",
                where=f"{load.landed.feed}, {load.landed.file_name}",
                todo="This is a fault of Lumbung: nothing was taken in. Report it with the file.")
