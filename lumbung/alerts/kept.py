"""What was told and to whom: `alerts/<day>.jsonl`, a line an alert, and a line each time a channel was asked."""

import json
import os
from datetime import UTC, date, datetime, timedelta

from lumbung.lake import acts
from lumbung.lake.home import Home

# How long a channel that failed is tried again.
PENDING_DAYS = 7


def read(home: Home, since: date | None = None) -> list[dict]:
    """The lines of the days from `since` on, in order; a line that a crash cut short is left out."""
    found = []
    for path in sorted(home.alerts.glob("*.jsonl")):
        if since is None or path.stem >= since.isoformat():
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    return found


def add(home: Home, lines: list[dict]) -> None:
    """Add lines to today's file, with the time (UTC)."""
    now = datetime.now(UTC)
    path = acts.for_insiders(home.alerts) / f"{now:%Y-%m-%d}.jsonl"
    text = "".join(json.dumps({"at": now.isoformat(timespec="seconds"), **line}, ensure_ascii=False) + "\n"
                   for line in lines)
    with path.open("a+", encoding="utf-8") as file:
        if file.tell() and not _ends_a_line(path):
            file.write("\n")
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def told(lines: list[dict], kind: str, since: str = "") -> set[str]:
    """The keys that alerts of a kind were about, of those written from the moment `since` on."""
    return {key for line in lines if line["event"] == "alert" and line["kind"] == kind and line["at"] >= since
            for key in line["keys"]}


def pending(lines: list[dict], channel: str) -> list[dict]:
    """The alerts that a channel was asked to take in the last days, and did not."""
    since = (datetime.now(UTC) - timedelta(days=PENDING_DAYS)).isoformat()
    asked = {line["alert_id"]: line["event"] for line in lines if line.get("channel") == channel}
    return [line for line in lines if line["event"] == "alert" and line["at"] >= since
            and asked.get(line["alert_id"]) == "failed"]


def _ends_a_line(path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
