"""Nil returns: that an agency had nothing to send for a month, as a person wrote it down.

Events are only ever added, one small file each, beside the ledger. The latest on an agency's month stands.
"""

import json
from dataclasses import asdict, dataclass

from lumbung.lake import acts
from lumbung.lake.home import Home


@dataclass(frozen=True)
class NilReturn:
    """One statement: `month` is the first day of the month, ISO 8601. `is_nil` is False where it was taken back."""

    feed: str
    agency: str
    month: str
    reason: str
    is_nil: bool = True
    by: str = ""
    at: str = ""


def record(home: Home, said: NilReturn) -> NilReturn:
    """Add a statement; it survives a power cut. Gives it back with who and when (UTC, ISO 8601)."""
    return _nil_return(acts.record(home.ledger.parent / "nil_returns", "nil_return", asdict(said)))


def nil_returns(home: Home) -> list[NilReturn]:
    """All statements in the order they were made."""
    found = [_nil_return(json.loads(path.read_text(encoding="utf-8")))
             for path in acts.files(home.ledger.parent / "nil_returns")]
    return sorted(found, key=lambda n: (n.at, n.feed, n.agency, n.month))


def standing(home: Home) -> list[dict]:
    """The nil returns in force: dicts of `feed, agency, month`, sorted."""
    latest = {(n.feed, n.agency, n.month): n for n in nil_returns(home)}
    return [{"feed": feed, "agency": agency, "month": month}
            for (feed, agency, month), said in sorted(latest.items()) if said.is_nil]


def _nil_return(event: dict) -> NilReturn:
    return NilReturn(**{name: event[name] for name in NilReturn.__dataclass_fields__})
