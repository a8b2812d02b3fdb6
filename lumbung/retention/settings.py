"""How long what is kept: environment variables, each with what an office would expect."""

import os
import re
from dataclasses import dataclass, fields

from lumbung.errors import UsageError

FOREVER = "forever"


@dataclass(frozen=True)
class Setting:
    """One variable: `days` (or a number of releases) unless set, and the `least` it may be."""

    variable: str
    default: int
    least: int = 0


SETTINGS = {
    "files": Setting("LUMBUNG_KEEP_FILES_DAYS", 365),
    "readings": Setting("LUMBUNG_KEEP_READINGS_DAYS", 180),
    "values": Setting("LUMBUNG_KEEP_MENDED_DAYS", 180),
    "open": Setting("LUMBUNG_TELL_OPEN_DAYS", 90),
    "release_count": Setting("LUMBUNG_KEEP_RELEASES", 30, least=1),
    "releases": Setting("LUMBUNG_KEEP_RELEASES_DAYS", 90),
    "failures": Setting("LUMBUNG_KEEP_FAILURES_DAYS", 365),
    "runs": Setting("LUMBUNG_KEEP_RUNS_DAYS", 90, least=1),
    # The alerts of so many days are read to see what was told before.
    "alerts": Setting("LUMBUNG_KEEP_ALERTS_DAYS", 400, least=8),
    "lineage": Setting("LUMBUNG_KEEP_LINEAGE_DAYS", 400, least=1),
    "logs": Setting("LUMBUNG_KEEP_LOGS_DAYS", 90, least=1),
    # Something may be at work on what is younger.
    "scratch": Setting("LUMBUNG_KEEP_SCRATCH_DAYS", 7, least=2),
}


@dataclass(frozen=True)
class Keep:
    """How many days each kind is kept; None: for ever. `open` is when open rows are told, not removed; `release_count`
    the number of newest releases that stay however old they are."""

    files: int | None
    readings: int | None
    values: int | None
    open: int | None
    release_count: int | None
    releases: int | None
    failures: int | None
    runs: int | None
    alerts: int | None
    lineage: int | None
    logs: int | None
    scratch: int | None

    @classmethod
    def from_env(cls) -> "Keep":
        """What the environment says. Raises UsageError for a value that is neither a number nor `forever`."""
        return cls(**{field.name: _days(SETTINGS[field.name]) for field in fields(cls)})


def _days(setting: Setting) -> int | None:
    text = os.environ.get(setting.variable, "").strip().lower() or str(setting.default)
    if text == FOREVER:
        return None
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) < setting.least:
        raise UsageError(f"{setting.variable} is {text!r}; it must be a whole number from {setting.least} on, or "
                         f"{FOREVER}.", where="environment",
                         todo=f"Leave it out for {setting.default}, or see docs/operate/retention.md.")
    return int(text)
