"""What was due when, and how each agency stands."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from lumbung.contracts import Contract, contracts
from lumbung.deliveries.calendar import Cadence
from lumbung.deliveries.covered import Covered, covered
from lumbung.deliveries.watched import Delivery, Standing, Watched
from lumbung.errors import LumbungError
from lumbung.lake import ledger, nil_returns
from lumbung.lake.home import PROJECT, Home

EXPECTED = PROJECT / "seeds" / "delivery_expectations.csv"
MONTHLY = Cadence(1, "mo", within_days=0)
# Tells of a feed whose typed rows can't be read, and which is left out.
OnUnread = Callable[[LumbungError], None]


def deliveries(home: Home, on: date, on_unread: OnUnread) -> list[Delivery]:
    """Each period that was due, and came or is missing on the day `on`, by feed, agency and due date.

    Due are the periods of agencies that the seed delivery_expectations names; of others those due after the second day
    on which something came, until four in a row were missing. Real rows count where an agency sent any, else its
    made-up ones. Feeds whose contract agrees on no `latency` are left out, and those whose typed rows can't be read:
    `on_unread` gets each of these.
    """
    return [one for watched in _watched(home, on_unread) for one in watched.deliveries(on)]


def standings(home: Home, on: date, on_unread: OnUnread) -> list[Standing]:
    """How each agency stands with each feed it is to deliver, on a day; by feed and agency. See `deliveries`."""
    return [watched.standing(on) for watched in _watched(home, on_unread)]


def _watched(home: Home, on_unread: OnUnread) -> Iterator[Watched]:
    expected, nil, state = _expected(), defaultdict(set), ledger.loads(home)
    for said in nil_returns.standing(home):
        nil[said["feed"], said["agency"]].add(date.fromisoformat(said["month"]))
    for feed, contract in contracts().items():
        if contract.due_every is None or contract.due_within_days is None:
            continue
        cadence = Cadence(*contract.due_every, contract.due_within_days)
        try:
            sent = _sent(home, contract, cadence, state)
        except LumbungError as problem:
            on_unread(problem)
            continue
        for agency in sorted(sent.keys() | {who for of, who in expected if of == feed}):
            watched = Watched(feed, agency, cadence, expected.get((feed, agency)), sent.get(agency, ()),
                               frozenset(nil[feed, agency]))
            if watched.is_watched:
                yield watched


def _sent(home: Home, contract: Contract, cadence: Cadence,
          state: dict[str, ledger.Load]) -> dict[str, tuple[Covered, ...]]:
    """Agency -> what it sent: its real rows, where it sent none its made-up ones."""
    by_agency = defaultdict(list)
    for one in covered(home, contract, cadence, state):
        by_agency[one.agency].append(one)
    return {agency: tuple(x for x in came if not x.is_synthetic) or tuple(came) for agency, came in by_agency.items()}


def _expected() -> dict[tuple[str, str], tuple[date, date | None]]:
    """(feed, agency) -> the first day of the first and the last of the last month it is to deliver, of all its
    provinces."""
    found: dict[tuple[str, str], tuple[date, date | None]] = {}
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["feed"], row["agency_code"]
            last = MONTHLY.due_on(date.fromisoformat(row["to_month"])) if row["to_month"] else None
            first = date.fromisoformat(row["from_month"])
            before = found.get(key, (first, last))
            found[key] = min(first, before[0]), last and before[1] and max(last, before[1])
    return found
