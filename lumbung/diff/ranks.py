"""The rank of every city in a state, by the floor and the minimum of exporters of the state's rule."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from lumbung.diff.figures import Figures
from lumbung.diff.lists import StoredList
from lumbung.diff.states import State

# Reasons that figures and exporters give by themselves. Others come with the window: they hold until it is switched.
BY_FIGURES = (None, "below_floor", "few_exporters", "new", "no_exports", "no_month_to_compare")


def ranks(figures: Figures, state: State, cents: Mapping[str, tuple[int, int]]) -> dict[str, int | None]:
    """Place of each city from 1 by growth, equals sharing one; None where it is not ranked."""
    rule, exporters = figures.lists[state.rule].rule, figures.exporters(state)
    floor_cents = int(Decimal(str(rule["floor_usd"])) * 100)
    window = figures.lists[state.window].cities
    growth = {city: Fraction(after - before, before) for city, (before, after) in cents.items()
              if before > 0 and before >= floor_cents and exporters[city] >= int(rule["minimum_exporters"])
              and city in window and window[city].unranked_reason in BY_FIGURES}
    return {city: 1 + sum(other > growth[city] for other in growth.values()) if city in growth else None
            for city in cents}


def are_as_stored(stored: StoredList, found: Mapping[str, int | None]) -> bool:
    """Whether the ranks found are those of a list: else the states between have figures and no ranks."""
    return all(found.get(code) == city.rank for code, city in stored.cities.items())
