"""Chooses what is withheld and what keeps its earlier figure. All in whole cents and by fixed order: no float decides.

What it chooses is not believed: `attack` reads the tables that come of it as anyone would.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lumbung.disclosure.cells import (
    MEASURES,
    Cell,
    largest,
    leaks,
    minus,
    to_protect,
    together,
    unsafe_measures,
    why_unsafe,
)
from lumbung.disclosure.histories import SIDES, Figure, Shown, changes_leak, figure_of
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList
from lumbung.disclosure.settings import Settings
from lumbung.disclosure.sums import State, Sums

PRIMARY, SECONDARY, REVISION, WINDOW, BESIDE = "primary", "secondary", "revision", "window", "other_basis"
FRESH, KEPT, WITHHELD = "fresh", "kept", "withheld"
# Each can be switched off, so that a test can show what it is there for.
DEFENCES = frozenset({PRIMARY, SECONDARY, REVISION, WINDOW, BESIDE, "total", "rank"})


@dataclass
class Choice:
    """`withheld`: the rule for each ranked city that is listed without figures; `kept`: for each, the earlier row."""

    withheld: dict[str, str] = field(default_factory=dict)
    kept: dict[str, dict] = field(default_factory=dict)
    total: str = FRESH
    total_why: str = ""

    def is_fresh(self, now: CityList, code: str) -> bool:
        return (code in now.cities and now.cities[code].is_ranked
                and code not in self.withheld and code not in self.kept)


@dataclass(frozen=True)
class Beside:
    """The list of the other basis that goes out with this one: by subtraction each exporter's gap can be had."""

    public: PublicList
    inside: CityList

    def gaps(self, now: CityList, areas: Iterable[str]) -> dict[str, dict[str, int]]:
        """Cents by exporter that areas have more in the other list; none where it is of other months."""
        if self.inside.current_months != now.current_months:
            return {}
        one, other = together(map(self.inside.cell, areas)), together(map(now.cell, areas))
        return {m: minus(one.amounts(m, "exporter"), other.amounts(m, "exporter")) for m in MEASURES}

    def leaks(self, now: CityList, areas: Iterable[str], settings: Settings) -> bool:
        return any(sum(gap.values()) and why_unsafe(gap, settings) for gap in self.gaps(now, areas).values())


@dataclass(frozen=True)
class Chooser:
    """One list, the earlier public ones of its key (oldest first), and the list of the other basis if that is chosen
    already."""

    now: CityList
    history: tuple[Shown, ...]
    settings: Settings
    defences: frozenset[str] = DEFENCES
    beside: Beside | None = None

    def choose(self) -> Choice:
        choice = Choice()
        self._revisions(choice)
        self._primary(choice)
        self._other_basis(choice)
        self.settle(choice)
        return choice

    def settle(self, choice: Choice) -> None:
        """Withhold further cities, or the total, until no sum that anyone can compute says too much."""
        before, allowed = dict(choice.withheld), self._allowed(choice)
        while choice.total == FRESH and (short := self._shortfall(choice)) is not None:
            candidate = self._next(choice, short)
            if candidate is None or len(choice.withheld) - len(before) >= allowed:
                choice.withheld = before
                choice.total, choice.total_why = WITHHELD, "further cities would be too many"
                return
            choice.withheld[candidate] = SECONDARY
        if choice.total == FRESH and "total" in self.defences:
            self._totals(choice)

    def withhold_further(self, choice: Choice, among: set[str] | None = None) -> bool:
        """Withhold the smallest city (of some) that still shows its figures; False where none is left."""
        code = self._next(choice, (0, 0), among)
        if code is not None:
            choice.withheld[code] = SECONDARY
        return code is not None

    def keep_or_withhold(self, choice: Choice, code: str) -> None:
        """What becomes of a city whose change since an earlier public release is unsafe."""
        row = self._earlier_row(code)
        if row is not None:
            choice.kept[code] = row
            choice.withheld.pop(code, None)
        else:
            choice.withheld[code] = WINDOW

    def keep_or_withhold_total(self, choice: Choice, why: str) -> None:
        choice.total = KEPT if self.earlier_total() is not None else WITHHELD
        choice.total_why = why

    def latest_alike(self) -> Shown | None:
        """The last public list over the same months by the same rule: whose figures can be kept."""
        return next((s for s in reversed(self.history) if s.public.window == self.now.window), None)

    def earlier_total(self) -> dict | None:
        last = self.latest_alike()
        return last.public.total if last and last.public.total["base_usd"] is not None else None

    def difference_leaks(self, code: str, shown: Shown) -> bool:
        """Whether the change of a city between two lists is one of few businesses, or of one above all."""
        return changes_leak(shown.differences(self.now, (code,)), self.settings)

    def _earlier_row(self, code: str) -> dict | None:
        last = self.latest_alike()
        row = last.public.row(code) if last else None
        return row if row is not None and row["base_usd"] is not None else None

    def _revisions(self, choice: Choice) -> None:
        for code in sorted(self.now.cities):
            for shown in self.history:
                rule = REVISION if shown.public.window == self.now.window else WINDOW
                if rule not in self.defences or not shown.public.is_fresh(code):
                    continue
                if self.difference_leaks(code, shown) and (
                        self.now.cities[code].is_ranked or self._earlier_row(code) is not None):
                    self.keep_or_withhold(choice, code)

    def _primary(self, choice: Choice) -> None:
        if PRIMARY not in self.defences:
            return
        for code in sorted(self.now.cities):
            if choice.is_fresh(self.now, code) and (broken := unsafe_measures(self.now.cell(code), self.settings)):
                measure, rule = next(iter(broken.items()))
                choice.withheld[code] = f"{PRIMARY}:{measure}:{rule}"
        if unsafe_measures(self._sum(self.now.areas), self.settings):
            choice.total, choice.total_why = WITHHELD, "the total itself is unsafe"

    def _other_basis(self, choice: Choice) -> None:
        if self.beside is None or BESIDE not in self.defences:
            return
        for code in sorted(self.beside.public.fresh & self.now.cities.keys()):
            if choice.is_fresh(self.now, code) and self.beside.leaks(self.now, [code], self.settings):
                choice.withheld[code] = BESIDE
        if choice.total == FRESH and self.beside.public.fresh_total and self.beside.leaks(
                self.now, sorted({*self.now.areas, *self.beside.inside.areas}), self.settings):
            self.keep_or_withhold_total(choice, "less that of the other basis it is of few")

    def _allowed(self, choice: Choice) -> int:
        """How many further cities may go before the total does instead: a quarter of those that show figures."""
        return max(2, sum(choice.is_fresh(self.now, code) for code in self.now.cities) // 4)

    def _shortfall(self, choice: Choice) -> tuple[int, int] | None:
        """Base and current cents that what is left of the total lacks to hide each unsafe cell in it; None: nothing."""
        if SECONDARY not in self.defences:
            return None
        # A figure that is kept is nearly known, and hides nothing; one that an earlier list shows is known.
        sums = Sums((*map(State.of, self.history), self._state(choice)), self.settings)
        hidden = [a for a in self.now.areas if not choice.is_fresh(self.now, a) and a not in choice.kept]
        rest = together(self._unknown(a, sums.known) for a in hidden)
        short = [0, 0]
        for cell in map(self.now.cell, hidden):
            if cell.is_empty or not unsafe_measures(cell, self.settings):
                continue
            for column, measure in enumerate(SIDES):
                need = -(-self.settings.p_percent * to_protect(cell, measure) // 100)
                short[column] = max(short[column], need - (rest.value(measure) - cell.value(measure)))
        for code in (code for code, why in choice.withheld.items() if why == BESIDE):
            gaps, cell = self.beside.gaps(self.now, [code]), self._unknown(code, sums.known)
            for column, measure in enumerate(SIDES):
                need = -(-self.settings.p_percent * largest(gaps[measure]) // 100)
                short[column] = max(short[column], need - (rest.value(measure) - cell.value(measure)))
        if any(short) or leaks(rest, self.settings) or leaks(sums.rest(self._state(choice)), self.settings):
            return short[0], short[1]
        return None

    def _state(self, choice: Choice) -> State:
        fresh = frozenset(code for code in self.now.cities if choice.is_fresh(self.now, code))
        return State("", self.now, fresh, choice.total == FRESH)

    def _unknown(self, area: str, known: set[Figure]) -> Cell:
        """What of an area stands in no public list."""
        cell = self.now.cell(area)
        return Cell(*({} if figure_of(self.now, side, area) in known else getattr(cell, side) for side in SIDES))

    def _next(self, choice: Choice, short: tuple[int, int], among: set[str] | None = None) -> str | None:
        """A city that still shows figures: one that makes up for the shortfall, hidden in the last list if there is
        such a one, the smallest of these; else the largest. Figures that earlier lists show make up for nothing."""
        known = Sums(tuple(map(State.of, self.history)), self.settings).known
        found = []
        for code in self.now.cities:
            if choice.is_fresh(self.now, code) and (among is None or code in among):
                hides = self._unknown(code, known)
                if not hides.is_empty or among is not None:
                    found.append((hides.value("base"), hides.value("current"), code))
        was_shown = self.history[-1].public.is_fresh if self.history else lambda code: False
        enough = sorted((was_shown(code), base + current, code) for base, current, code in found
                        if base >= short[0] and current >= short[1])
        if enough:
            return enough[0][2]
        return max(((base + current, code) for base, current, code in found), default=(0, None))[1]

    def _totals(self, choice: Choice) -> None:
        """See to it that the change of the total, less that of the cities shown, is not one of few businesses."""
        for shown in self.history:
            while choice.total == FRESH and shown.public.fresh_total and self.rest_of_change_leaks(choice, shown):
                if self.earlier_total() is not None or not self._one_more(choice):
                    self.keep_or_withhold_total(choice, f"its change since {shown.release_id}")

    def _one_more(self, choice: Choice) -> bool:
        further = sum(why == SECONDARY for why in choice.withheld.values())
        return further < self._allowed(choice) and self.withhold_further(choice)

    def rest_of_change_leaks(self, choice: Choice, shown: Shown) -> bool:
        """Whether the change of what is hidden since an earlier list, which anyone can compute, says too much."""
        state = self._state(choice)
        sums = Sums((*map(State.of, self.history), state), self.settings)
        return any(sums.change_leaks(State.of(shown), state))

    def _sum(self, codes: list[str]) -> Cell:
        return together(map(self.now.cell, codes))
