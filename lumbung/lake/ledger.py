"""The ledger: what happened to every file that was ever sent. Events are only ever added.

One file holds the events of one act (landing a batch, judging a batch), a JSON object a line, so that five
thousand small documents do not become ten thousand event files. A load's state is the fold of its events.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lake import durable
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

EVENTS = ("landed", "accepted", "rejected", "held", "dated", "released", "redelivered", "superseded", "withdrawn",
          "restored", "mended", "exported", "erased", "removed")
# What retention removed of a load, the reason code of `removed`: the file and all that was read of it; the typed rows
# and raw values of a reading that another took the place of; the raw values of mended rows.
REMOVED = ("file", "reading", "values")


@dataclass(frozen=True)
class Event:
    """One thing that happened to one load. `at` is UTC, ISO 8601.

    `parent_load_id` is the load whose quarantined rows this one brings back; `by_load_id` the load that superseded
    this one or mended rows of it, and `rows` those rows, sheet -> row numbers. `constants` are column values that a
    person gave because the file lacks them. `decided_by` is who decided.
    """

    event: str
    load_id: str
    feed: str
    agency: str
    file_name: str
    sha256: str
    contract_version: str = ""
    bytes: int = 0
    batch_id: str = ""
    rows_read: int = 0
    rows_skipped: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    reason_code: str = ""
    reason: str = ""
    at: str = ""
    parent_load_id: str = ""
    by_load_id: str = ""
    decided_by: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)


# What few events have is left out of those that don't.
SELDOM = ("parent_load_id", "by_load_id", "decided_by", "constants", "rows")


@dataclass
class Load:
    """One file read under one contract, as its events left it.

    `status` is `landed` (no verdict yet), `loaded`, `rejected`, `held` (waits for a person), `withdrawn` or
    `superseded` (the same bytes were read again as load `superseded_by`). `mended` holds the events that name rows
    of this load which another one brought back in order. `batch_id` names the Parquet that holds its rows:
    `raw/<feed>/<batch_id>.parquet`. Rows of the same load in any other file are leftovers of an attempt that died,
    and nobody reads them. `removed` says what retention took of it (REMOVED -> the event).
    """

    load_id: str
    feed: str
    agency: str
    file_name: str
    sha256: str
    contract_version: str = ""
    bytes: int = 0
    status: str = "landed"
    batch_id: str = ""
    rows_read: int = 0
    rows_skipped: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    reason_code: str = ""
    reason: str = ""
    landed_at: str = ""
    judged_at: str = ""
    parent_load_id: str = ""
    superseded_by: str = ""
    withdrawn_from: tuple[str, str, str] = ("loaded", "", "")
    constants: dict[str, str] = field(default_factory=dict)
    redeliveries: list[Event] = field(default_factory=list)
    mended: list[Event] = field(default_factory=list)
    removed: dict[str, Event] = field(default_factory=dict)


def load_id_of(feed: str, agency: str, sha256: str, contract_version: str, parent_load_id: str = "") -> str:
    """The name of a load: 20 hex digits over feed, agency, bytes, contract version and, of a replay, its parent."""
    text = "\x1f".join([feed, agency, sha256, contract_version, *filter(None, [parent_load_id])])
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def event_of(load: Load, kind: str, **more) -> Event:
    """An event of a load that is there already, with what the load's last verdict counted."""
    about = ("load_id", "feed", "agency", "file_name", "sha256", "contract_version", "bytes", "batch_id", "rows_read",
             "rows_skipped", "rows_accepted", "rows_quarantined", "parent_load_id", "constants")
    return Event(kind, **{**{name: getattr(load, name) for name in about}, **more})


def record(home: Home, events: list[Event]) -> None:
    """Add the events of one act to the ledger; they are there all or none, and survive a power cut."""
    if not events:
        return
    now = datetime.now(UTC)
    lines = []
    for event in events:
        if event.event not in EVENTS:
            raise ValueError(f"unknown event {event.event}")
        values = {**asdict(event), "at": event.at or now.isoformat(timespec="microseconds")}
        lines.append(json.dumps({k: v for k, v in values.items() if v or k not in SELDOM}))
    name = f"{now:%H%M%S%f}-{uuid.uuid4().hex[:8]}.jsonl"
    write_text(home.ledger / f"{now:%Y-%m-%d}" / name, "\n".join(lines) + "\n")


@contextmanager
def staying(home: Home) -> Iterator[None]:
    """Let retention remove nothing meanwhile: for an act that rests on bytes or rows that are there. Others may too."""
    with durable.locked(home.landing, shared=True):
        yield


@contextmanager
def locked(home: Home) -> Iterator[None]:
    """Let nobody else decide meanwhile: for an act that rests on what the ledger says. Falls free with the process."""
    with durable.locked(home.ledger):
        yield


def event_files(home: Home) -> list[Path]:
    """The files of the ledger by name, which is the order they were begun in."""
    return sorted(path for path in home.ledger.glob("*/*.jsonl") if not path.name.startswith("."))


def events(home: Home, files: list[Path] | None = None) -> list[Event]:
    """All events, or those of some event files, in the order they were written."""
    found = [
        Event(**json.loads(line))
        for path in (event_files(home) if files is None else files)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return sorted(found, key=lambda e: (e.at, e.load_id, EVENTS.index(e.event)))


def loads(home: Home, files: list[Path] | None = None) -> dict[str, Load]:
    """The state of every load, by load id, in the order they landed; of some event files, as these left it."""
    state: dict[str, Load] = {}
    for event in events(home, files):
        load = state.setdefault(event.load_id, Load(
            event.load_id, event.feed, event.agency, event.file_name, event.sha256, event.contract_version))
        _apply(load, event)
    return state


def _apply(load: Load, event: Event) -> None:
    # A file that comes again after retention removed it is a new one.
    settled = load.status in ("loaded", "withdrawn", "superseded") and "file" not in load.removed
    match event.event:
        case "landed" if not settled and load.status != "held":
            load.status, load.landed_at, load.bytes = "landed", event.at, event.bytes
            load.file_name, load.parent_load_id = event.file_name, event.parent_load_id
            load.constants, load.superseded_by, load.removed = event.constants, "", {}
        case "accepted" | "rejected" | "held" if not settled:
            # The first acceptance stands: a second worker's copy of the same rows is never read.
            load.status = {"accepted": "loaded"}.get(event.event, event.event)
            load.batch_id, load.judged_at = event.batch_id, event.at
            load.rows_read, load.rows_skipped = event.rows_read, event.rows_skipped
            load.rows_accepted, load.rows_quarantined = event.rows_accepted, event.rows_quarantined
            load.reason_code, load.reason = event.reason_code, event.reason
            load.constants = event.constants or load.constants
        case "dated" if load.status == "held":
            # A person gave what the file lacks: it is to be read again.
            load.status, load.constants = "landed", event.constants
        case "released" if load.status == "held":
            load.status, load.reason_code, load.reason = "loaded", "", ""
        case "redelivered":
            load.redeliveries.append(event)
        case "superseded" if load.status != "withdrawn":
            load.status, load.superseded_by = "superseded", event.by_load_id
            load.reason_code, load.reason = event.reason_code, event.reason
        case "withdrawn" if load.status in ("loaded", "held"):
            load.withdrawn_from = load.status, load.reason_code, load.reason
            load.status, load.reason_code, load.reason = "withdrawn", event.reason_code, event.reason
        case "restored" if load.status == "withdrawn":
            load.status, load.reason_code, load.reason = load.withdrawn_from
        case "mended":
            load.mended.append(event)
        case "removed":
            load.removed[event.reason_code] = event
            if event.reason_code == "file" and load.status == "loaded":      # a replay of a file that was withdrawn
                load.status, load.reason_code, load.reason = "withdrawn", "removed", event.reason
        case "erased":
            # A person's rows went: what is left of the load lies in another batch, its verdict stands.
            load.batch_id = event.batch_id
            load.rows_read, load.rows_skipped = event.rows_read, event.rows_skipped
            load.rows_accepted, load.rows_quarantined = event.rows_accepted, event.rows_quarantined
