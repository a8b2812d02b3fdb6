"""Filters as a person typed them: a slip of the pen would look like an empty list."""

from lumbung.contracts import contracts
from lumbung.errors import UsageError
from lumbung.lake import ledger
from lumbung.lake.home import Home

STATUSES = ("landed", "loaded", "held", "rejected", "withdrawn", "superseded", "redelivered")


def require_feed(home: Home, feed: str | None) -> None:
    """Raises UsageError for a feed that has neither a contract nor a load."""
    if feed is not None and feed not in contracts():
        _require("feed", feed, {*contracts(), *(load.feed for load in ledger.loads(home).values())})


def require_agency(home: Home, agency: str | None) -> None:
    """Raises UsageError for an agency that never sent a file."""
    if agency is not None:
        _require("agency", agency, {load.agency for load in ledger.loads(home).values()})


def require_status(status: str | None) -> None:
    """Raises UsageError for a status that no load has."""
    if status is not None:
        _require("status", status, STATUSES)


def _require(what: str, given: str, known) -> None:
    if given not in known:
        raise UsageError(f"There is no {what} {given!r}.", todo=f"There are: {', '.join(sorted(known))}." if known
                         else "No file has been sent yet.")
