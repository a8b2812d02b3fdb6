"""The ledger: what happened to every file that was ever sent. Events are only ever added.

One file holds the events of one act (landing a batch, judging a batch), a JSON object a line, so that five
thousand small documents do not become ten thousand event files. A load's state is the fold of its events.
"""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

EVENTS = ("landed", "accepted", "rejected", "held", "redelivered", "withdrawn", "restored")


@dataclass(frozen=True)
class Event:
    """One thing that happened to one load. `at` is UTC, ISO 8601."""

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


@dataclass
class Load:
    """One file read under one contract, as its events left it.

    `status` is `landed` (no verdict yet), `loaded`, `rejected`, `held` or `withdrawn`. `batch_id` names the
    Parquet that holds its rows: `raw/<feed>/<batch_id>.parquet`. Rows of the same load in any other file are
    leftovers of an attempt that died, and nobody reads them.
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
    redeliveries: list[Event] = field(default_factory=list)


def load_id_of(feed: str, agency: str, sha256: str, contract_version: str) -> str:
    """The name of a load: 20 hex digits over feed, agency, bytes and contract version."""
    text = "\x1f".join([feed, agency, sha256, contract_version])
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def record(home: Home, events: list[Event]) -> None:
    """Add the events of one act to the ledger; they are there all or none, and survive a power cut."""
    if not events:
        return
    now = datetime.now(UTC)
    lines = []
    for event in events:
        if event.event not in EVENTS:
            raise ValueError(f"unknown event {event.event}")
        lines.append(json.dumps({**asdict(event), "at": event.at or now.isoformat(timespec="microseconds")}))
    name = f"{now:%H%M%S%f}-{uuid.uuid4().hex[:8]}.jsonl"
    write_text(home.ledger / f"{now:%Y-%m-%d}" / name, "\n".join(lines) + "\n")


def events(home: Home) -> list[Event]:
    """All events in the order they were written."""
    found = [
        Event(**json.loads(line))
        for path in home.ledger.glob("*/*.jsonl")
        if not path.name.startswith(".")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return sorted(found, key=lambda e: (e.at, e.load_id, EVENTS.index(e.event)))


def loads(home: Home) -> dict[str, Load]:
    """The state of every load, by load id, in the order they landed."""
    state: dict[str, Load] = {}
    for event in events(home):
        load = state.setdefault(event.load_id, Load(
            event.load_id, event.feed, event.agency, event.file_name, event.sha256, event.contract_version))
        _apply(load, event)
    return state


def _apply(load: Load, event: Event) -> None:
    settled = load.status in ("loaded", "withdrawn")
    match event.event:
        case "landed" if not settled:
            load.status, load.landed_at, load.bytes = "landed", event.at, event.bytes
            load.file_name = event.file_name
        case "accepted" | "rejected" | "held" if not settled:
            # The first acceptance stands: a second worker's copy of the same rows is never read.
            load.status = {"accepted": "loaded"}.get(event.event, event.event)
            load.batch_id, load.judged_at = event.batch_id, event.at
            load.rows_read, load.rows_skipped = event.rows_read, event.rows_skipped
            load.rows_accepted, load.rows_quarantined = event.rows_accepted, event.rows_quarantined
            load.reason_code, load.reason = event.reason_code, event.reason
        case "redelivered":
            load.redeliveries.append(event)
        case "withdrawn" if load.status == "loaded":
            load.status, load.reason_code, load.reason = "withdrawn", event.reason_code, event.reason
        case "restored" if load.status == "withdrawn":
            load.status, load.reason_code, load.reason = "loaded", "", ""
