"""`lumbung erase`: a person's rows go from everywhere, a tombstone with the legal ground stays."""

import json
import os
import shutil
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from lumbung.errors import LumbungError, UsageError
from lumbung.lake import lease, ledger, removing
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event
from lumbung.lake.user import user
from lumbung.privacy import failing_keys, lake_rows, landed, leftovers, marks
from lumbung.privacy.person import Person


@dataclass
class Erasure:
    """What an erasure did, or would do (`dry_run`). Nothing in it names the person.

    `landed_rows` counts rows in files as received, `accepted_rows` and `quarantined_rows` in typed ones, `failing_rows`
    the keys of such rows that gates had kept. `loads` are those that lost rows, `releases` those that can't be rebuilt
    any more or still hold the person. `unsearched` are landed files nobody can look into, `remaining` the places where
    the person is still found.
    """

    erasure_id: str
    at: str
    ground: str
    by: str
    fingerprints: list[dict]
    dry_run: bool
    landed_files: int = 0
    landed_rows: int = 0
    accepted_rows: int = 0
    quarantined_rows: int = 0
    loads: list[str] = field(default_factory=list)
    failing_rows: int = 0
    cleaned_files: int = 0
    releases: list[dict] = field(default_factory=list)
    destroyed: list[str] = field(default_factory=list)
    unsearched: list[dict] = field(default_factory=list)
    remaining: list[str] = field(default_factory=list)

    @property
    def reference(self) -> dict:
        return {"erasure_id": self.erasure_id, "ground": self.ground, "erased_at": self.at}

    def as_dict(self) -> dict:
        return asdict(self)


def erase(home: Home, person: Person, ground: str, *, dry_run: bool = False,
          destroy_releases: bool = False) -> Erasure:
    """Remove a person's rows from landing, raw and quarantine, and every trace of them from what was made of these.

    The build database is removed too, for a freed page still holds its bytes: the next run makes it again from the
    lake. Releases are marked beside them; with `destroy_releases` those that still hold the person are removed,
    all but the current one. Doing it twice does no harm, and finishes what a crash left.

    Raises LeaseHeld while a run is writing or a backup is being taken, LumbungError while loads wait for their
    verdict, UsageError without a legal ground.
    """
    if not ground.strip():
        raise UsageError("An erasure needs its legal ground.", todo='Give --ground, e.g. "UU 27/2022 ps. 43".')
    home.make()
    now = datetime.now(UTC)
    erasure = Erasure(f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}", now.isoformat(timespec="seconds"), ground.strip(),
                      user(), person.fingerprints, dry_run)
    run_id = f"erase-{os.getpid()}-{erasure.erasure_id}"
    try:
        with lease.step(home, run_id, wait_seconds=5), removing.allowed(home):
            _erase(home, person, erasure, destroy_releases)
    finally:
        lease.release(home, run_id)
    return erasure


def erasures(home: Home) -> list[dict]:
    """The tombstones, oldest first."""
    return [json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((home.identity / "erasures").glob("*.json")) if not path.name.startswith(".")]


def lacking(home: Home, told: list[dict]) -> list[dict]:
    """Of these tombstones, of a home from which this one was restored, say, those whose persons were not erased here:
    no tombstone here has their identifiers."""
    known = {_fingerprint(one) for tombstone in erasures(home) for one in tombstone["fingerprints"]}
    return [tombstone for tombstone in told if not {_fingerprint(one) for one in tombstone["fingerprints"]} <= known]


def _fingerprint(one: dict) -> tuple[str, str]:
    return one["kind"], one["hmac"]


def _erase(home: Home, person: Person, erasure: Erasure, destroy_releases: bool) -> None:
    state = ledger.loads(home)
    if waiting := [load for load in state.values() if load.status == "landed"]:
        raise LumbungError(f"{len(waiting)} loads have no verdict yet: their rows may be written while others go.",
                           where=", ".join(f"{x.feed}/{x.agency}" for x in waiting[:3]),
                           todo="Run `lumbung run` until every file has its verdict, then erase.")
    files = _landed(home, person, erasure)
    batches = lake_rows.find(home, person)
    erasure.accepted_rows = sum(sum(b.accepted.values()) for b in batches)
    erasure.quarantined_rows = sum(sum(b.quarantined.values()) for b in batches)
    erasure.loads = sorted({load_id for b in batches for load_id in b.load_ids})
    erasure.releases = marks.touched(home, person, {i for b in batches for i in b.accepted},
                                     {key for b in batches for key in b.party_keys})
    if erasure.dry_run:
        erasure.cleaned_files = len(leftovers.clean_texts(home, person, dry_run=True))
        erasure.failing_rows = failing_keys.clean(home, person, batches, dry_run=True)
        erasure.remaining = leftovers.remains(home, person)
        return
    _tombstone(home, erasure)
    erasure.failing_rows = failing_keys.clean(home, person, batches, dry_run=False)
    for batch in batches:
        _rows(home, person, erasure, batch, state, files)
    for landing, _ in files.values():
        landed.replace(landing, landed.look(landing, person), erasure.reference)
    erasure.cleaned_files = len(leftovers.clean_texts(home, person, dry_run=False))
    _rebuildable(home)
    for release in erasure.releases:
        if release["load_ids"] or release["holds_identifier"]:
            marks.mark(home, marks.NOT_REBUILDABLE, release, erasure.reference)
        if destroy_releases and not release["is_current"] and release["holds_identifier"]:
            marks.destroy(home, release["release_id"])
            marks.mark(home, marks.DESTROYED, release, erasure.reference)
            erasure.destroyed.append(release["release_id"])
    erasure.remaining = leftovers.remains(home, person)
    _tombstone(home, erasure)


def _landed(home: Home, person: Person, erasure: Erasure) -> dict[tuple[str, str], tuple]:
    """The landed files with rows of the person: (feed, hash) -> (file, rows that go without leaving an empty one)."""
    files = {}
    for landing in landed.landed_files(home):
        try:
            done = landed.look(landing, person)
        except landed.CantSearch as why:
            erasure.unsearched.append({"file": f"{landing.feed}/{landing.sha256}", "why": str(why)})
            continue
        if done.content is not None:
            files[landing.feed, landing.sha256] = (landing, done.removed)
            erasure.landed_rows += done.emptied + done.removed
    erasure.landed_files = len(files)
    return files


def _rows(home: Home, person: Person, erasure: Erasure, batch: lake_rows.Batch, state: dict[str, ledger.Load],
          files: dict[tuple[str, str], tuple]) -> None:
    """Take the rows out of one batch: what is left under a new batch id, the ledger points there, the old one is
    purged. The new id makes the next run take the load's rows out of the native tables and read them again."""
    moved = [state[load_id] for load_id in batch.load_ids
             if load_id in state and state[load_id].batch_id == batch.batch_id]
    if moved:
        new_id = lake_rows.move(home, person, batch, [load.load_id for load in moved])
        ledger.record(home, [_event(load, batch, new_id, erasure, files) for load in moved])
    lake_rows.purge(home, person, batch, [load.load_id for load in moved])


def _event(load: ledger.Load, batch: lake_rows.Batch, new_id: str, erasure: Erasure,
           files: dict[tuple[str, str], tuple]) -> Event:
    accepted, quarantined = batch.accepted.get(load.load_id, 0), batch.quarantined.get(load.load_id, 0)
    _, removed = files.get((load.feed, load.sha256), (None, 0))
    gone = min(removed, accepted + quarantined)
    return Event(
        "erased", load.load_id, load.feed, load.agency, load.file_name, load.sha256,
        contract_version=load.contract_version, bytes=load.bytes, batch_id=new_id, rows_read=load.rows_read - gone,
        rows_skipped=load.rows_skipped + accepted + quarantined - gone, rows_accepted=load.rows_accepted - accepted,
        rows_quarantined=load.rows_quarantined - quarantined, reason_code="erased",
        reason=f"{erasure.ground}: {accepted + quarantined} baris dihapus ({erasure.erasure_id}).",
        decided_by=erasure.by)


def _rebuildable(home: Home) -> None:
    """Remove what the next run makes again."""
    for path in home.build.glob(f"{home.build_database.name}*"):
        path.unlink()
    shutil.rmtree(home.identity_work, ignore_errors=True)
    for path in home.scratch.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _tombstone(home: Home, erasure: Erasure) -> None:
    write_text(home.identity / "erasures" / f"{erasure.erasure_id}.json",
               json.dumps(erasure.as_dict(), indent=1, ensure_ascii=False) + "\n")
