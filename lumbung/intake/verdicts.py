"""Verdicts: which typed loads enter the warehouse."""

from lumbung.intake import reasons
from lumbung.intake.batches import Batch
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event

COUNTS = ("rows_read", "rows_skipped", "rows_accepted", "rows_quarantined")


def judge(home: Home, typed: TypedBatch, verdicts: dict[str, str]) -> dict:
    """Accept or reject each load of a typed batch, in one act of the ledger.

    `verdicts` is load id -> reason for those the raw gate refused. A load that could not be read or has no accepted
    row is refused by itself. Returns counts and the verdict of each load as plain values. The Parquet is on disk
    before (type_loads wrote it durably), so an accepted load can always be read.
    """
    judged = [(load, *_verdict(load, verdicts)) for load in typed.loads]
    ledger.record(home, [_event(typed, load, code, reason) for load, code, reason in judged])
    return {
        "feed": typed.feed, "batch_id": typed.batch_id,
        "accepted": sum(not code for _, code, _ in judged),
        "rejected": sum(bool(code) for _, code, _ in judged) + typed.strays,
        "redelivered": typed.redelivered,
        **{name: sum(getattr(load, name) for load in typed.loads) for name in COUNTS},
        "loads": [{"load_id": load.landed.load_id, "agency": load.landed.agency, "file_name": load.landed.file_name,
                   "status": "rejected" if code else "loaded", "reason_code": code, "reason": reason,
                   **{name: getattr(load, name) for name in COUNTS}} for load, code, reason in judged]}


def nothing_new(batch: Batch) -> dict:
    """The summary of a batch whose files were gone when it came to land them."""
    return {"feed": batch.feed, "batch_id": batch.batch_id, "accepted": 0, "rejected": 0, "redelivered": 0,
            **dict.fromkeys(COUNTS, 0), "loads": []}


def _verdict(load: LoadRows, verdicts: dict[str, str]) -> tuple[str, str]:
    if load.reason_code:
        return load.reason_code, load.reason
    if load.rows_read == load.rows_skipped:
        return "no_rows", reasons.of_file("no_rows")
    if not load.rows_accepted:
        return "all_rows_rejected", reasons.of_file("all_rows_rejected")
    if refused := verdicts.get(load.landed.load_id):
        return "gate_raw", reasons.of_file("gate_raw", refused)
    return "", ""


def _event(typed: TypedBatch, load: LoadRows, code: str, reason: str) -> Event:
    one = load.landed
    return Event("rejected" if code else "accepted", one.load_id, one.feed, one.agency, one.file_name, one.sha256,
                 contract_version=one.contract_version, bytes=one.bytes, batch_id=typed.batch_id,
                 reason_code=code, reason=reason, **{name: getattr(load, name) for name in COUNTS})
