"""How an agency stands with a feed: each period that is due, and whether it came."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lumbung.deliveries.calendar import Cadence
from lumbung.deliveries.covered import Covered

# After so many missing in a row a feed has stopped: it is told once, and a custom is none any more.
STOPPED_AFTER = 3
# A hole among deliveries that came is spoken of for so many periods.
LOOKED_BACK = 12
# The ranking's measure of a month that was delivered to its end.
LAST_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Delivery:
    """One period of one feed of one agency. `due_on` is the last day in time; `source` is `expected` (the seed says
    so) or `customary`; `status` is on_time, late, missing or nil_return. `is_synthetic`: all it sent is made up."""

    feed: str
    agency: str
    period_from: date
    due_on: date
    landed_on: date | None
    status: str
    source: str
    is_synthetic: bool


@dataclass(frozen=True)
class Standing:
    """How a feed of an agency stands on a day: `status` is in_time, late (something is missing), or stopped (more than
    three were missed in a row, and nothing came since).

    `missing` are the deliveries missing of the last twelve that were due, and all since the last that came, the oldest
    first; `last_period` is the newest that came (a nil return too), None where none ever did; `next_due` the day of the
    next that has not come, None where no more is expected: the seed says so, or a custom has stopped.
    """

    feed: str
    agency: str
    source: str
    status: str
    last_period: date | None
    next_due: date | None
    missing: tuple[Delivery, ...]
    is_synthetic: bool

    @property
    def missing_since(self) -> tuple[Delivery, ...]:
        """Those of the missing that nothing came after."""
        return tuple(one for one in self.missing if self.last_period is None or one.period_from > self.last_period)


@dataclass(frozen=True)
class Watched:
    """A feed of an agency: what it is to send (first and last day of the expectation, None where it is by custom), what
    it sent, and the months that it said it has nothing for."""

    feed: str
    agency: str
    cadence: Cadence
    expected: tuple[date, date | None] | None
    came: tuple[Covered, ...]
    nil: frozenset[date]

    @property
    def is_watched(self) -> bool:
        """Once is no custom, whatever it covered: a custom is what came on two days."""
        return bool(self.expected) or len(set(self._landed().values())) > 1

    def deliveries(self, on: date) -> list[Delivery]:
        landed, found, missing = self._landed(), [], 0
        for first in self._periods(on):
            due, came = self.cadence.due_on(first), landed.get(first)
            if not self._is_due(first, landed):
                continue
            if came:
                status = "on_time" if came <= due else "late"
            elif first in self.nil:
                status = "nil_return"
            elif due < on and (self.expected or missing <= STOPPED_AFTER):
                status = "missing"
            else:
                continue
            missing = missing + 1 if status == "missing" else 0
            found.append(Delivery(self.feed, self.agency, first, due, came, status, self._source, self._made_up))
        return found

    def standing(self, on: date) -> Standing:
        found, came = self.deliveries(on), self._landed().keys() | self.nil
        last = max((first for first in came if first <= on), default=None)
        missing = tuple(one for at, one in enumerate(found, LOOKED_BACK - len(found)) if one.status == "missing"
                        and (at >= 0 or last is None or one.period_from > last))
        next_due = self._next_due(on, came)
        now = Standing(self.feed, self.agency, self._source, "late" if missing else "in_time", last, next_due, missing,
                       self._made_up)
        if len(now.missing_since) <= STOPPED_AFTER:
            return now
        return replace(now, status="stopped", next_due=next_due if self.expected else None)

    def _landed(self) -> dict[date, date]:
        """Period -> the day its delivery was there."""
        by_period = defaultdict(list)
        for one in self.came:
            by_period[one.first].append(one)
        newest = max((one.last_day for one in self.came), default=None)
        landed = {}
        for first, loads in by_period.items():
            after = self.cadence.after(first)
            whole = [x.landed_on for x in loads if x.last_day >= after - LAST_DAYS or x.landed_on >= after]
            if whole:
                landed[first] = min(whole)
            elif not self.expected or newest >= after - LAST_DAYS:      # of a month's first days only: not yet there
                landed[first] = max(x.landed_on for x in loads)
        return landed

    def _periods(self, until: date) -> Iterator[date]:
        begins = [one.first for one in self.came] + ([self.cadence.first(self.expected[0])] if self.expected else [])
        first = min(begins)
        while first <= until:
            yield first
            first = self.cadence.after(first)

    def _is_due(self, first: date, landed: dict[date, date]) -> bool:
        if self.expected:
            return self.expected[0] <= first and not self._has_ended(first)
        return self.cadence.due_on(first) > sorted(set(landed.values()))[1]

    def _has_ended(self, first: date) -> bool:
        return bool(self.expected and self.expected[1]) and first > self.expected[1]

    def _next_due(self, on: date, came: Set[date]) -> date | None:
        first = self.cadence.first(on - timedelta(days=self.cadence.within_days))
        begins = self.expected[0] if self.expected else first
        while first < begins or self.cadence.due_on(first) < on or first in came:
            first = self.cadence.after(first)
        return None if self._has_ended(first) else self.cadence.due_on(first)

    @property
    def _source(self) -> str:
        return "expected" if self.expected else "customary"

    @property
    def _made_up(self) -> bool:
        return bool(self.came) and all(one.is_synthetic for one in self.came)
