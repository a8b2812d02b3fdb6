"""Sums that are known exactly: a total less all cities whose figures stand in any public list, and their differences.

Whatever anyone can compute so must be a safe cell itself; else one who is in it reads off the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lumbung.disclosure.cells import DECOMPOSITIONS, MEASURES, Cell, together, why_unsafe
from lumbung.disclosure.histories import NOW, SIDES, Figure, Shown, added, changes_leak, figure_of, figures_of
from lumbung.disclosure.reading import CityList
from lumbung.disclosure.settings import Settings


@dataclass(frozen=True)
class State:
    """A list and what it shows: the cities with their own figures, and whether its own total is there."""

    release_id: str
    inside: CityList
    fresh: frozenset[str]
    fresh_total: bool
    shown: Shown | None = None

    @classmethod
    def of(cls, shown: Shown) -> "State":
        return cls(shown.release_id, shown.inside, shown.public.fresh, shown.public.fresh_total, shown)

    @property
    def at(self) -> int:
        return self.shown.at if self.shown else NOW


@dataclass(frozen=True)
class Leak:
    """A sum of figures that says too much: of the areas in a release, or the change since another."""

    release_id: str
    since: str | None
    measure: str
    value: int
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Sums:
    """Several public lists of one key, the oldest first."""

    states: tuple[State, ...]
    settings: Settings
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def known(self) -> set[Figure]:
        """The figures that stand in one of the lists."""
        return {figure for state in self.states for figure in figures_of(state.inside, state.fresh)}

    def rest(self, state: State) -> Cell:
        """What is left of a total when all that is known is taken out, column by column."""
        return together(Cell(*(getattr(state.inside.cell(area), side) if area in self._hidden(state, side) else {}
                               for side in SIDES)) for area in state.inside.areas)

    def leaks(self) -> Iterator[Leak]:
        """All sums of the lists that say too much."""
        totals = [state for state in self.states if state.fresh_total]
        for i, state in enumerate(totals):
            yield from self._rest_leaks(state)
            for before in totals[:i]:
                yield from self.change_leaks(before, state)

    def change_leaks(self, before: State, state: State) -> Iterator[Leak]:
        """The change of what is hidden, between two lists with a total of their own."""
        found = before.shown.differences(state.inside, (state.inside.province_code,), state.at)
        for a, b in dict.fromkeys(key[:2] for key in found):
            sides = ((a, b),) if a in SIDES else tuple((side, side) for side in SIDES)
            areas = tuple(area for area in state.inside.areas if any(
                area in self._hidden(state, now) or area in self._hidden(before, then) for now, then in sides))
            changes = before.shown.differences(state.inside, areas, state.at) if areas else {}
            mine = {key: amounts for key, amounts in changes.items() if key[:2] == (a, b)}
            if changes_leak(mine, self.settings):
                yield Leak(state.release_id, before.release_id, a, _value(mine), areas)
            elif a in SIDES and changes_leak(gap := self._gap(before, state, a, b), self.settings):
                yield Leak(state.release_id, before.release_id, a, _value(gap), areas)

    def _gap(self, before: State, state: State, a: str, b: str) -> dict:
        """One rest less the other, where not the same areas are left in them."""
        link, now, then = before.shown.link(state.at), self._hidden(state, a), self._hidden(before, b)
        if now == then:
            return {}
        return added({(a, b, d): link.change(
            state.inside.cell(area).amounts(a, d) if area in now else {},
            before.inside.cell(area).amounts(b, d) if area in then else {})
            for d in DECOMPOSITIONS} for area in sorted(now | then))

    def _rest_leaks(self, state: State) -> Iterator[Leak]:
        rest = self.rest(state)
        # What was shown of two businesses is of one if they have turned out to be one since.
        for cell in (rest, state.shown.link().cell(rest)) if state.shown else (rest,):
            for measure in MEASURES:
                if measure_leaks(cell, measure, self.settings):
                    sides = SIDES if measure == "change" else (measure,)
                    yield Leak(state.release_id, None, measure, cell.value(measure), tuple(sorted(
                        set().union(*(self._hidden(state, side) for side in sides)))))
    def _hidden(self, state: State, side: str) -> frozenset[str]:
        if (state.at, side) not in self._kept:
            self._kept[state.at, side] = frozenset(
                area for area in state.inside.areas if (figure := figure_of(state.inside, side, area))[2]
                and figure not in self.known)
        return self._kept[state.at, side]


def measure_leaks(cell: Cell, measure: str, settings: Settings) -> bool:
    """Whether a sum has something in it and breaks a primary rule."""
    return any(any(amounts.values()) and why_unsafe(amounts, settings)
               for amounts in (cell.amounts(measure, d) for d in DECOMPOSITIONS))


def _value(changes: dict) -> int:
    return sum(next(iter(changes.values())).values())
