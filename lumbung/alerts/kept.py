"""What was told and to whom: `alerts/<day>.jsonl`, a line an alert with the channels that are to have it, and a line
each time a channel is asked, took alerts, or did not."""

import json
import logging
import os
from datetime import UTC, datetime, timedelta

from lumbung.lake import acts
from lumbung.lake.home import Home

log = logging.getLogger("lumbung.alerts")

# Older days are not read: what was told before is told again.
READ_DAYS = 400
# How long a channel that did not take an alert is asked again.
PENDING_DAYS = 7
# How long one that failed is left alone.
REST = timedelta(minutes=10)
# Who asks a channel has done so by then, or died.
ASKING = timedelta(minutes=1)


def read(home: Home, days: int = READ_DAYS) -> list[dict]:
    """The lines of today and `days` before, in order; what can't be read is left out."""
    first, found = f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%d}", []
    for path in sorted(home.alerts.glob("*.jsonl")):
        if path.stem >= first:
            try:
                found += map(_parsed, path.read_text(encoding="utf-8", errors="replace").splitlines())
            except OSError as problem:
                log.warning("Alerts of %s can't be read: %s", path.stem, problem)
    return [line for line in found if isinstance(line, dict) and {"at", "event"} <= line.keys()]


def add(home: Home, lines: list[dict]) -> None:
    """Add lines to today's file, with the time (UTC)."""
    if not lines:
        return
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


def told(lines: list[dict], kind: str, within: timedelta | None = None, *, made_up: bool = True) -> set[str]:
    """The keys that alerts of a kind were about: those `within` so long ago, those of made-up rows only on request."""
    since = _ago(within) if within else ""
    return {key for line in lines if line["event"] == "alert" and line["kind"] == kind and line["at"] >= since
            and (made_up or not line["is_made_up"]) for key in line["keys"]}


def pending(lines: list[dict], channel: str) -> list[dict]:
    """The alerts of the last days that are for a channel, which it did not take and nobody hands it now."""
    last = {alert_id: line for line in lines if line.get("channel") == channel
            for alert_id in line.get("alert_ids", ())}
    since, asking = _ago(timedelta(days=PENDING_DAYS)), _ago(ASKING)

    def is_open(alert: dict) -> bool:
        asked = last.get(alert["alert_id"])
        return (not asked or asked["event"] == "failed" or (asked["event"] == "asked" and asked["at"] < asking))

    return [line for line in lines if line["event"] == "alert" and line["at"] >= since
            and channel in line.get("channels", ()) and is_open(line)]


def rests(lines: list[dict], channel: str) -> bool:
    """Whether a channel failed the last time, and lately."""
    answers = [line for line in lines if line.get("channel") == channel and line["event"] in ("failed", "delivered")]
    return bool(answers) and answers[-1]["event"] == "failed" and answers[-1]["at"] >= _ago(REST)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:              # a crash cut it short, or somebody edited it
        return None


def _ago(how_long: timedelta) -> str:
    return (datetime.now(UTC) - how_long).isoformat(timespec="seconds")


def _ends_a_line(path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
