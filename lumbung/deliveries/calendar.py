"""The periods of a feed's cadence: months, quarters, half-years and years of the calendar, or weeks from Monday."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


@dataclass(frozen=True)
class Cadence:
    """A period is `number` days (unit d), months (mo) or years (y) long; it is due `within_days` after its last day."""

    number: int
    unit: str
    within_days: int

    @property
    def in_days(self) -> bool:
        return self.unit == "d"

    def first(self, day: date) -> date:
        """The first day of the period that a day lies in. The periods of a year begin with it, weeks on Monday."""
        if self.in_days:
            return date.fromordinal((day.toordinal() - 1) // self.number * self.number + 1)
        months = day.year * 12 + day.month - 1
        return _month(months // self._months * self._months)

    def after(self, first: date) -> date:
        """The first day of the next period."""
        if self.in_days:
            return first + timedelta(days=self.number)
        return _month(first.year * 12 + first.month - 1 + self._months)

    def due_on(self, first: date) -> date:
        """The last day on which the period's delivery is in time."""
        return self.after(first) + timedelta(days=self.within_days - 1)

    @property
    def _months(self) -> int:
        return self.number * (12 if self.unit == "y" else 1)


def today() -> date:
    """The day it is in western Indonesia."""
    return datetime.now(WIB).date()


def day_of(moment: str) -> date:
    """The day in western Indonesia of a moment of the ledger (ISO 8601, UTC)."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(WIB).date()


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
