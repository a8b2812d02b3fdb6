"""Attacks what is to be published: how narrowly can each unsafe value be bounded from all public tables together?

The attacker reads the public tables only, this release's and the earlier ones'. Beyond them it is granted, to be on the
safe side, what a neighbour may know: where nothing was exported, which figures have not changed from one release to
the next, and that a longer window holds no less than a shorter one. Whether a bound is too narrow is then judged by
the contributions inside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from lumbung.disclosure.bounds import Bounds
from lumbung.disclosure.cells import MEASURES, largest, to_protect, unsafe_measures, why_unsafe
from lumbung.disclosure.histories import NOW, SIDES, Shown, months_of
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList
from lumbung.disclosure.settings import Settings
from lumbung.disclosure.sums import State, Sums

TOTAL = "total"


@dataclass(frozen=True)
class Target:
    """A value that must not be known within `need` cents: of a city, of the rest of a total, or a change since `since`.

    `terms` are the figures it is the sum of, with their signs: (sign, state, column, area).
    """

    area: str
    measure: str
    release_id: str
    since: str | None
    value: int
    need: int
    terms: tuple[tuple[int, int, str, str], ...]

    def __str__(self) -> str:
        since = f" since {self.since}" if self.since else ""
        return f"{self.measure}{since} of {self.area} in {self.release_id}"


@dataclass(frozen=True)
class Attack:
    """One list as it would be published, and the earlier public lists of its key (oldest first)."""

    release_id: str
    public: PublicList
    inside: CityList
    history: tuple[Shown, ...]
    settings: Settings

    def run(self) -> tuple[list[Target], list[Target]]:
        """What the new tables give away, and what the earlier ones gave away by themselves.

        Sums that are known exactly come first: where one says too much, nothing else is looked for.
        """
        sums, sums_before = self._sums(with_new=True), set(self._sums(with_new=False))
        if found := [t for t in sums if t not in sums_before]:
            return found, []
        narrow = [t for t in self._targets() if self._with_new.is_narrow(t.terms, t.value, t.need)]
        before = [t for t in narrow if self.history and self._was_known_as_well(t)]
        return [t for t in narrow if t not in set(before)], sums + before

    def _was_known_as_well(self, target: Target) -> bool:
        """Whether the new tables tell no more of a target than the earlier ones did."""
        asked = (target.terms, target.value, target.need)
        if not self._without_new.is_narrow(*asked):
            return False
        # Two dollars are what rounding leaves.
        return all(now + max(2, target.need / 10_000) >= then for now, then in zip(
            self._with_new.distances(*asked), self._without_new.distances(*asked), strict=True))

    # -- what must not be known

    def _targets(self) -> Iterable[Target]:
        states = self._states()
        for state, (_, inside) in enumerate(states):
            for area in inside.areas:
                yield from self._values(state, area)
        for before, state in combinations(range(len(states)), 2):
            for area in states[state][1].areas:
                yield from self._changes(before, state, area)

    def _states(self) -> list[tuple[str, CityList]]:
        return [*((s.release_id, s.inside) for s in self.history), (self.release_id, self.inside)]

    def _values(self, state: int, area: str) -> Iterable[Target]:
        release_id, inside = self._states()[state]
        cells = [inside.cell(area)]
        if state < len(self.history):       # two firms that have turned out to be one were one then
            cells.append(self.history[state].link().cell(cells[0]))
        unsafe = [cell for cell in cells if not cell.is_empty and unsafe_measures(cell, self.settings)]
        terms = {"base": ((1, state, "base", area),), "current": ((1, state, "current", area),)}
        terms["change"] = (*terms["current"], (-1, state, "base", area))
        for measure in MEASURES:
            if need := max((self._part(to_protect(cell, measure)) for cell in unsafe), default=0):
                yield Target(area, measure, release_id, None, cells[0].value(measure), need, terms[measure])

    def _changes(self, before: int, state: int, area: str) -> Iterable[Target]:
        release_id, inside = self._states()[state]
        found: dict[tuple[str, str], Target] = {}
        at = self.history[state].at if state < len(self.history) else NOW
        for (a, b, _), amounts in self.history[before].differences(inside, (area,), at).items():
            value = sum(amounts.values())
            if not value or not why_unsafe(amounts, self.settings):
                continue
            terms = ((1, state, a, area), (-1, before, b, area)) if a in SIDES else (
                (1, state, "current", area), (-1, state, "base", area),
                (-1, before, "current", area), (1, before, "base", area))
            need = max(self._part(largest(amounts)), found[a, b].need if (a, b) in found else 0)
            found[a, b] = Target(area, a, release_id, self.history[before].release_id, value, need, terms)
        return found.values()

    def _part(self, cents: int) -> int:
        return self.settings.p_percent * cents // 100

    # -- sums that are known exactly

    def _sums(self, with_new: bool) -> list[Target]:
        states = [State.of(shown) for shown in self.history]
        if with_new:
            states.append(State(self.release_id, self.inside, self.public.fresh, self.public.fresh_total))
        return [Target(TOTAL, leak.measure, leak.release_id, leak.since, leak.value, 0,
                       tuple((1, NOW, leak.measure, area) for area in leak.areas))
                for leak in Sums(tuple(states), self.settings).leaks()]

    # -- the linear program

    @cached_property
    def _with_new(self) -> Bounds:
        return self._bounds(with_new=True)

    @cached_property
    def _without_new(self) -> Bounds:
        return self._bounds(with_new=False)

    def _bounds(self, with_new: bool) -> Bounds:
        bounds = Bounds()
        publics = [*(s.public for s in self.history), self.public if with_new else None]
        areas = sorted({area for _, inside in self._states() for area in inside.areas})
        for state, ((_, inside), public) in enumerate(zip(self._states(), publics, strict=True)):
            for area in areas:
                for side in SIDES:
                    row = public.row(area) if public and public.is_fresh(area) else None
                    bounds.figure((state, side, area), months_of(inside, side), inside.cell(area).value(side),
                                  row and row[f"{side}_usd"])
        for state, public in enumerate(publics):
            if public:
                self._read(bounds, state, public)
        return bounds

    @staticmethod
    def _read(bounds: Bounds, state: int, public: PublicList) -> None:
        """What one release's tables say of figures that they do not show."""
        areas = [row["region_code"] for row in [*public.ranking, *public.unranked]] + [public.total["province_code"]]
        if public.fresh_total:
            for side in SIDES:
                bounds.total([(state, side, area) for area in areas], public.total[f"{side}_usd"])
        rows = sorted(public.ranking, key=lambda row: row["rank"])
        for row in rows:
            if not public.is_fresh(row["region_code"]):
                above = [r for r in rows if r["rank"] < row["rank"] and r["base_usd"] is not None]
                below = [r for r in rows if r["rank"] > row["rank"] and r["base_usd"] is not None]
                if row["base_usd"] is not None and _in_order(above[-1:], row, below[:1]):
                    continue        # ranked by the figures it shows, as the rule says
                bounds.growth_between((state, "base", row["region_code"]), (state, "current", row["region_code"]),
                                      below[0] if below else None, above[-1] if above else None)


def _in_order(above: list[dict], row: dict, below: list[dict]) -> bool:
    """Whether the growth shown falls from row to row, as far as figures in whole dollars can tell."""
    shown = [(2 * r["current_usd"], 2 * max(r["base_usd"], 1)) for r in [*above, row, *below]]
    return all((c1 + 1) * (b2 + 1) >= (c2 - 1) * (b1 - 1) for (c1, b1), (c2, b2) in pairwise(shown))
