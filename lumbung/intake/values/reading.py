"""What reading one cell gives: a value and what else it said, or a reason why it can't be read."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | Decimal | dt.date


@dataclass(frozen=True)
class Reading:
    """One cell, read. Without `reason`, a `value` of None means that the cell says there is nothing.

    `parts` is what the cell said beside its value, by name: `precision` (about, range, expected), `low`, `high`,
    `end` (last day of a range), `rest` (further values, "; " between), `basis` (code, name, assumed). `needs` names the
    parts without which the value alone would say something else; where a contract has no column for one of them, the
    cell counts as `unplaced`. `style` is the way of writing numbers the cell gives away: id, en, or either.
    """

    value: Value | None = None
    reason: str = ""
    parts: dict[str, Value] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    unplaced: str = ""
    style: str = ""


NOTHING = Reading()


def refuse(reason: str, style: str = "") -> Reading:
    """A cell that can't be read, and why: a key of `reasons.OF_ROW`."""
    return Reading(reason=reason, style=style)
