"""Landing: a file leaves the inbox for a place named by its bytes, and the ledger says so."""

import hashlib
import os
import shutil
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from lumbung.contracts import contract_of, contracts
from lumbung.intake import reasons
from lumbung.intake.batches import STRAY, Batch, place_of
from lumbung.intake.claims import PREFIX, Claims, is_claim
from lumbung.lake import ledger
from lumbung.lake.durable import sync_folder
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event, load_id_of

CHUNK = 1 << 20
COPIERS = 8                      # small files wait for the disk, not for the processor


@dataclass(frozen=True)
class Landed:
    """One file that landed. `status`: `landed` (to be typed), `redelivered` or `rejected` (a stray)."""

    load_id: str
    feed: str
    agency: str
    file_name: str
    sha256: str
    bytes: int
    status: str = "landed"
    contract_version: str = ""
    reason_code: str = ""
    reason: str = ""
    parent_load_id: str = ""                                          # a replay: the load its rows come back to
    constants: dict[str, str] = field(default_factory=dict)           # column -> text that a person gave


def payload(home: Home, feed: str, sha256: str) -> Path:
    """Where the bytes of a landed file are."""
    return home.landing / feed / sha256 / "payload"


def land(home: Home, batch: Batch) -> list[Landed]:
    """Move the files of a batch into landing and write it to the ledger in one act.

    Returns a Landed for each file that was still there, and for each load the batch takes up again.
    """
    with ledger.staying(home):
        return _land(home, batch)


def _land(home: Home, batch: Batch) -> list[Landed]:
    state = ledger.loads(home)
    recorded = set()
    if any(is_claim(Path(name).parent) for name in batch.files):
        recorded = {(e.batch_id, e.agency, e.file_name, e.sha256) for e in ledger.events(home)}
    version = "" if batch.feed == STRAY else contract_of(batch.feed).version
    landed, events = _taken_up_again(batch, state, version, _of_an_earlier_attempt(home, batch))
    done: list[Path] = []
    settled = {(x.feed, x.agency, x.sha256): x.load_id for x in state.values()
               if x.status in ("loaded", "held") or (x.status == "withdrawn" and x.contract_version == version
                                                     and "file" not in x.removed)}
    settled |= {(one.feed, one.agency, one.sha256): one.load_id for one in landed}
    with Claims(home.inbox, batch.batch_id) as claims, ThreadPoolExecutor(COPIERS) as copiers:
        taken = [(name, claimed) for name in batch.files if (claimed := claims.take(name))]
        copies = copiers.map(lambda one: _copy(home, batch.feed, one[1]), taken)
        for (name, claimed), copied in zip(taken, copies, strict=True):
            agency, file_name = _sender(Path(name), batch.feed)
            if copied is None:
                claims.give_back(claimed)
                continue
            sha256, size = copied
            done.append(claimed)
            claim_id = claimed.parent.name.removeprefix(PREFIX)      # of an earlier batch, where that one crashed
            if (claim_id, agency, file_name, sha256) in recorded:
                continue                                            # the crash came between the ledger and the inbox
            one = _landed(batch.feed, agency, file_name, sha256, size, version, settled)
            landed.append(one)
            events += landed_events(one, claim_id)
            if one.status == "landed":
                settled[one.feed, one.agency, one.sha256] = one.load_id
        if done:
            sync_folder(home.landing / batch.feed)
        ledger.record(home, events)
        for claimed in done:
            claimed.unlink(missing_ok=True)
    return landed


def _of_an_earlier_attempt(home: Home, batch: Batch) -> list[str]:
    """Loads that this batch landed before a fault of the machine ended it: their files are gone from the inbox."""
    if all((home.inbox / name).exists() for name in batch.files):
        return []
    return sorted({e.load_id for e in ledger.events(home) if e.event == "landed" and e.batch_id == batch.batch_id}
                  - set(batch.load_ids))


def _taken_up_again(batch: Batch, state: dict, version: str,
                    more: list[str]) -> tuple[list[Landed], list[Event]]:
    landed, events = [], []
    for load_id in (*batch.load_ids, *more):
        load = state.get(load_id)
        if load is None or load.status != "landed":
            continue
        one = landed_again(load, version)
        if one.load_id != load_id:
            old = replace(one, load_id=load_id, contract_version=load.contract_version)
            why = f"Kontrak berganti versi sebelum berkas diperiksa; dibaca ulang sebagai {one.load_id}."
            events += [*landed_events(one, batch.batch_id), _event(old, "rejected", batch.batch_id, reason=why)]
        landed.append(one)
    return landed, events


def _landed(feed: str, agency: str, file_name: str, sha256: str, size: int, version: str,
            settled: dict[tuple[str, str, str], str]) -> Landed:
    if feed == STRAY:
        detail = ("Pindahkan ke inbox/<feed>/<instansi>/. Feed yang ada: " + ", ".join(contracts()) + ".")
        return Landed(load_id_of(feed, agency, sha256, ""), feed, agency, file_name, sha256, size, "rejected",
                      reason_code="unknown_feed", reason=reasons.of_file("unknown_feed", detail))
    if known := settled.get((feed, agency, sha256)):
        return Landed(known, feed, agency, file_name, sha256, size, "redelivered", version,
                      reason=f"Isi berkas sama dengan kiriman {known}.")
    return Landed(load_id_of(feed, agency, sha256, version), feed, agency, file_name, sha256, size,
                  contract_version=version)


def landed_again(load: ledger.Load, version: str) -> Landed:
    """A load of the ledger as it is to be read under this version of its contract."""
    return Landed(load_id_of(load.feed, load.agency, load.sha256, version, load.parent_load_id), load.feed, load.agency,
                  load.file_name, load.sha256, load.bytes, contract_version=version,
                  parent_load_id=load.parent_load_id, constants=load.constants)


def landed_events(one: Landed, batch_id: str) -> list[Event]:
    """What the ledger says of a file that landed."""
    if one.status == "redelivered":
        return [_event(one, "redelivered", batch_id, reason=one.reason)]
    events = [_event(one, "landed", batch_id)]
    if one.status == "rejected":
        events.append(_event(one, "rejected", batch_id, reason_code=one.reason_code, reason=one.reason))
    return events


def _event(one: Landed, kind: str, batch_id: str, **more) -> Event:
    return Event(kind, one.load_id, one.feed, one.agency, one.file_name, one.sha256,
                 contract_version=one.contract_version, bytes=one.bytes, batch_id=batch_id,
                 parent_load_id=one.parent_load_id, constants=one.constants, **more)


def _sender(path: Path, feed: str) -> tuple[str, str]:
    """Agency and file name as data: what can't be printed is written as an escape."""
    parts = [_printable(part) for part in place_of(path).parts]
    if feed == STRAY:
        return (parts[1] if len(parts) >= 3 else ""), "/".join(parts)
    return parts[1], "/".join(parts[2:])


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode("ascii")
                   for c in name)


def _copy(home: Home, feed: str, claimed: Path) -> tuple[str, int] | None:
    """Copy a file into landing while hashing it. None when it was written to meanwhile."""
    folder = home.landing / feed
    aside = folder / f".{uuid.uuid4().hex}"
    aside.mkdir(parents=True)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(claimed, os.O_RDONLY | os.O_NOFOLLOW), "rb") as source:
            before = os.fstat(source.fileno())
            with (aside / "payload").open("wb") as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            after = os.fstat(source.fileno())
        if (before.st_mtime_ns, size) != (after.st_mtime_ns, after.st_size):
            return None
        sync_folder(aside)
        final = folder / digest.hexdigest()
        if not final.is_dir():
            try:
                aside.rename(final)
            except OSError:
                if not final.is_dir():
                    raise
        return digest.hexdigest(), size
    finally:
        shutil.rmtree(aside, ignore_errors=True)
