"""Who saw raw values unmasked: an event each time, only ever added."""

import json
from datetime import UTC, datetime

from lumbung.lake import acts, ledger
from lumbung.lake.home import Home
from lumbung.lake.user import user


def log_reveal(home: Home, what: str, filters: dict[str, str | None]) -> dict:
    """Write down that somebody is about to see raw values. Call it before the first value is shown.

    `what` is the command, `filters` what it was asked for; only those given are kept. Returns the event.
    """
    now = datetime.now(UTC)
    event = {"at": now.isoformat(timespec="microseconds"), "who": user(), "what": what,
             "filters": {name: value for name, value in filters.items() if value is not None}}
    acts.add(home.identity / "reveals", event, now)
    return event


def reveals(home: Home) -> list[dict]:
    """Every reveal, oldest first: at, who, what, filters. A return workbook shows raw values too: the ledger has it."""
    found = [json.loads(path.read_text(encoding="utf-8"))
             for path in acts.files(home.identity / "reveals")]
    found += [{"at": event.at, "who": event.decided_by, "what": "quarantine export",
               "filters": {"feed": event.feed, "agency": event.agency, "load": event.load_id}}
              for event in ledger.events(home) if event.event == "exported"]
    return sorted(found, key=lambda event: event["at"])
