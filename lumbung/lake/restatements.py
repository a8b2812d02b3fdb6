"""Restatements: that months were to be read and built again, why, and which release it came to.

Acts are only ever added, beside the ledger. A restatement is open from the asking until a release holds it, or a run
found that it changes nothing.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lumbung.errors import UsageError
from lumbung.lake import acts
from lumbung.lake.home import Home
from lumbung.lake.user import user

# The feeds whose documents are dated, and the day that puts a document into a month, as the facts have it.
DOCUMENT_DAYS = {"peb": "registered_on", "ska": "issued_on"}
FEEDS = tuple(DOCUMENT_DAYS)
# What a release tells of a restatement. `from` and `to` are months, YYYY-MM; `feeds` whose documents are meant.
TOLD = ("restatement_id", "from", "to", "feeds", "reason", "by", "at")


def ask(home: Home, first: str, last: str, feeds: Iterable[str], reason: str, by: str = "", run_id: str = "") -> dict:
    """Write down that the months `first` to `last` of these feeds are restated. Gives the restatement (TOLD).

    What a run asks again, because it was tried again, is asked once as long as no release holds it.

    Raises UsageError without a reason.
    """
    if not reason.strip():
        raise UsageError("A restatement needs a reason.", todo='Give one: --reason "…".')
    asked = {"from": first, "to": last, "feeds": sorted(feeds)}
    for one in _open_events(home) if run_id else ():
        if one.get("run_id") == run_id and all(one[name] == value for name, value in asked.items()):
            return _told(one)
    return _told(_add(home, "asked", {"restatement_id": uuid.uuid4().hex[:12], **asked, "reason": reason.strip(),
                                      "by": by or user(), "run_id": run_id}))


def settle(home: Home, restatement_ids: Iterable[str], release_id: str | None) -> None:
    """Write down what open restatements came to: a release, or None where nothing changed by them."""
    waiting = {one["restatement_id"] for one in open_ones(home)}
    for restatement_id in sorted(waiting & set(restatement_ids)):
        _add(home, "settled", {"restatement_id": restatement_id, "release_id": release_id})


def open_ones(home: Home) -> list[dict]:
    """The restatements that no release holds yet, a dict of TOLD each, the oldest first."""
    return [_told(event) for event in _open_events(home)]


def _open_events(home: Home) -> list[dict]:
    events = [json.loads(path.read_text(encoding="utf-8")) for path in acts.files(_folder(home))]
    settled = {event["restatement_id"] for event in events if event["event"] == "settled"}
    return [event for event in events if event["event"] == "asked" and event["restatement_id"] not in settled]


def _told(event: dict) -> dict:
    return {name: event[name] for name in TOLD}


def _add(home: Home, kind: str, about: dict) -> dict:
    now = datetime.now(UTC)
    made = {**about, "at": now.isoformat(timespec="microseconds")}
    acts.add(_folder(home), {"event": kind, **made}, now)
    return made


def _folder(home: Home) -> Path:
    return home.ledger.parent / "restatements"
