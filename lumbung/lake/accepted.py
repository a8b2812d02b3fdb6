"""Acceptances: that rows which a check of judgement stops are right all the same, as a person wrote it down.

Events are only ever added, one small file each, beside the ledger. The latest on a load at a check stands.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from lumbung.lake import acts
from lumbung.lake.home import Home

# What a run and its release tell of an acceptance.
TOLD = ("table", "check", "load_id", "rows", "reason", "by", "at")
# What two acceptances share that let the same rows through.
SAME = ("table", "check", "load_id", "rows")


@dataclass(frozen=True)
class Acceptance:
    """One word on a load's rows at a check of a table (`marts.fct_export_item`).

    `rows` is how many of them the person could see: it covers no more. `is_accepted` is False where it was taken back.
    """

    table: str
    check: str
    load_id: str
    rows: int
    reason: str
    is_accepted: bool = True
    by: str = ""
    at: str = ""


def record(home: Home, said: Acceptance) -> Acceptance:
    """Add an acceptance; it survives a power cut. Gives it back with who and when (UTC, ISO 8601)."""
    return _acceptance(acts.record(acts.for_insiders(_folder(home)), "accepted", asdict(said)))


def acceptances(home: Home) -> list[Acceptance]:
    """All of them in the order they were made, also those that were taken back."""
    found = [_acceptance(json.loads(path.read_text(encoding="utf-8"))) for path in acts.files(_folder(home))]
    return sorted(found, key=lambda a: (a.at, a.table, a.check, a.load_id))


def standing(home: Home) -> list[dict]:
    """The acceptances in force, dicts of TOLD, by table, check and load."""
    latest = {(a.table, a.check, a.load_id): a for a in acceptances(home)}
    return [{name: getattr(said, name) for name in TOLD} for _, said in sorted(latest.items()) if said.is_accepted]


def alike(told: list[dict]) -> list[tuple]:
    """What tells whether two lists of standing acceptances let the same through, whoever said so and why."""
    return [tuple(one[name] for name in SAME) for one in told]


def _folder(home: Home) -> Path:
    return home.ledger.parent / "accepted"


def _acceptance(event: dict) -> Acceptance:
    return Acceptance(**{name: event[name] for name in Acceptance.__dataclass_fields__})
