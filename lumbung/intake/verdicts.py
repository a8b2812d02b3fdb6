"""Verdicts: which typed loads enter the warehouse, which wait for a person, which are refused."""

from lumbung.contracts import Contract, contract_of
from lumbung.intake import reasons
from lumbung.intake.batches import Batch
from lumbung.intake.returns.accepting import Accepting
from lumbung.intake.returns.decisions import superseding
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event

COUNTS = ("rows_read", "rows_skipped", "rows_accepted", "rows_quarantined")
STATUS = {"accepted": "loaded", "held": "held", "rejected": "rejected"}
# What a person can put right without another file: such a load waits.
HOLDS = ("as_of_missing", "too_many_rejects")
# Gate raw warns of this too; a load that fails nothing critical is held, not refused.
HELD_BY_GATE = "reject_pct_within_limit"


def judge(home: Home, typed: TypedBatch, verdicts: dict[str, str]) -> dict:
    """Accept, hold or reject each load of a typed batch, in one act of the ledger.

    `verdicts` is load id -> reason for those the raw gate refused. A load that could not be read or has no accepted
    row is refused by itself; one with more rejected rows than its contract allows is held. An accepted load takes the
    place of others of the same bytes; an accepted replay mends the rows it brought back, each of which comes back
    once. Returns counts and the verdict of each load as plain values. The Parquet is on disk before (type_loads wrote
    it durably), so an accepted load can always be read.
    """
    with ledger.locked(home):
        state = ledger.loads(home) if typed.loads else {}
        replays = Accepting(state, typed)
        judged = [_event(typed, load, *_verdict(load, verdicts, replays)) for load in typed.loads]
        ledger.record(home, [*judged, *(follows for event in judged for follows in _follows(state, replays, event))])
    outcomes = [event.event for event in judged]
    return {
        "feed": typed.feed, "batch_id": typed.batch_id, "accepted": outcomes.count("accepted"),
        "held": outcomes.count("held"), "rejected": outcomes.count("rejected") + typed.strays,
        "redelivered": typed.redelivered,
        **{name: sum(getattr(load, name) for load in typed.loads) for name in COUNTS},
        "loads": [{"load_id": event.load_id, "agency": event.agency, "file_name": event.file_name,
                   "status": STATUS[event.event], "reason_code": event.reason_code, "reason": event.reason,
                   **{name: getattr(event, name) for name in COUNTS}} for event in judged]}


def nothing_new(batch: Batch) -> dict:
    """The summary of a batch whose files were gone when it came to land them."""
    return {"feed": batch.feed, "batch_id": batch.batch_id, "accepted": 0, "held": 0, "rejected": 0, "redelivered": 0,
            **dict.fromkeys(COUNTS, 0), "loads": []}


def _verdict(load: LoadRows, verdicts: dict[str, str], replays: Accepting) -> tuple[str, str]:
    if load.reason_code:
        return load.reason_code, load.reason
    if load.rows_read == load.rows_skipped:
        return "no_rows", reasons.of_file("no_rows")
    if not load.rows_accepted:
        return "all_rows_rejected", reasons.of_file("all_rows_rejected")
    if refused := verdicts.get(load.landed.load_id):
        return "gate_raw", reasons.of_file("gate_raw", refused)
    if refused := replays.refused(load):
        return "mended_before", refused
    if not load.landed.parent_load_id and _over_limit(load, contract_of(load.landed.feed)):
        return "too_many_rejects", reasons.of_file(
            "too_many_rejects", f"{load.rows_quarantined} dari {load.rows_read - load.rows_skipped} baris; batas feed "
            f"{load.landed.feed} {contract_of(load.landed.feed).reject_limit_pct:g} %.")
    return "", ""


def _over_limit(load: LoadRows, contract: Contract) -> bool:
    return 100 * load.rows_quarantined > contract.reject_limit_pct * (load.rows_read - load.rows_skipped)


def _event(typed: TypedBatch, load: LoadRows, code: str, reason: str) -> Event:
    one = load.landed
    kind = "held" if code in HOLDS else "rejected" if code else "accepted"
    return Event(kind, one.load_id, one.feed, one.agency, one.file_name, one.sha256,
                 contract_version=one.contract_version, bytes=one.bytes, batch_id=typed.batch_id,
                 reason_code=code, reason=reason, parent_load_id=one.parent_load_id, constants=one.constants,
                 **{name: getattr(load, name) for name in COUNTS})


def _follows(state: dict[str, ledger.Load], replays: Accepting, event: Event) -> list[Event]:
    """What a verdict does to other loads. A replay with nothing left to mend takes the place of older ones too."""
    if event.event == "accepted":
        return [*superseding(state, event), *replays.mended(event)]
    return superseding(state, event) if event.parent_load_id and event.reason_code == "no_rows" else []
