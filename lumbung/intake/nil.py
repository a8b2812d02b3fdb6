"""A nil return: an agency had nothing to send for a month, and a person says so."""

import csv
from datetime import UTC, date, datetime

from lumbung.deliveries.due import EXPECTED
from lumbung.errors import LumbungError, UsageError
from lumbung.lake import nil_returns
from lumbung.lake.home import Home
from lumbung.months import month_of


def nil_return(home: Home, feed: str, agency: str, month: str, reason: str, *, is_nil: bool = True,
               today: date | None = None) -> None:
    """Write down that `agency` had nothing to send for `month` ("2024-02"), or take that back.

    It holds for real and for made-up rows of the agency. Raises UsageError for a month that is none or not over by
    `today` (of UTC unless given) or without a reason, LumbungError where nobody waits for that agency's month: a nil
    return would change nothing.
    """
    first = month_of(month).isoformat()
    if not reason.strip():
        raise UsageError("A nil return needs a reason.", todo='Give one: --reason "…".')
    today = today or datetime.now(UTC).date()
    if is_nil and month >= f"{today:%Y-%m}":
        raise UsageError(f"{month} has not ended: nobody knows yet that there is nothing to send.",
                         todo="Say so when the month is over.")
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    if not any((row["feed"], row["agency_code"]) == (feed, agency)
               and row["from_month"] <= first <= (row["to_month"] or first) for row in expected):
        known = sorted({f"{row['feed']} {row['agency_code']}" for row in expected})
        raise LumbungError(f"Nobody waits for {feed} of {agency} for {month}.", where=str(EXPECTED),
                           todo=f"Expected are: {', '.join(known)}. State there from when the agency is.")
    nil_returns.record(home, nil_returns.NilReturn(feed, agency, first, reason.strip(), is_nil))
