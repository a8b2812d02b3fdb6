"""Attacks what is to be published: how narrowly can each unsafe value be bounded from all public tables together?

The attacker reads the public tables only, this release's and the earlier ones'. Beyond them it is granted, to be on the
safe side, what a neighbour may know: where nothing was exported, which figures have not changed from one release to
the next, and that a longer window holds no less than a shorter one. Whether a bound is too narrow is then judged by
the contributions inside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lumbung.disclosure.bounds import Bounds
from lumbung.disclosure.cells import (
    DECOMPOSITIONS,
    MEASURES,
    Cell,
    largest,
    to_protect,
    together,
    unsafe_measures,
    why_unsafe,
)
from lumbung.disclosure.histories import Shown
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList, months_before
from lumbung.disclosure.settings import Settings

SIDES = ("base", "current")
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
        """What the new tables give away, and what the earlier ones gave away by themselves."""
        found = self._sums()
        narrow = self._narrow(self._targets(), with_new=True)
        before = set(self._narrow(narrow, with_new=False)) if self.history else set()
        return found + [t for t in narrow if t not in before], [t for t in narrow if t in before]

    # -- what must not be known

    def _targets(self) -> list[Target]:
        found = []
        for state, (release_id, inside) in enumerate(self._states()):
            for area in inside.areas:
                found += self._values(state, release_id, area, inside.cell(area))
        now = len(self.history)
        for state, shown in enumerate(self.history):
            for area in self.inside.areas:
                found += self._changes(now, state, shown, area)
        return found

    def _states(self) -> list[tuple[str, CityList]]:
        return [*((s.release_id, s.inside) for s in self.history), (self.release_id, self.inside)]

    def _values(self, state: int, release_id: str, area: str, cell: Cell) -> list[Target]:
        if cell.is_empty or not unsafe_measures(cell, self.settings):
            return []
        terms = {"base": ((1, state, "base", area),), "current": ((1, state, "current", area),)}
        terms["change"] = (*terms["current"], (-1, state, "base", area))
        needs = {measure: self._part(to_protect(cell, measure)) for measure in MEASURES}
        return [Target(area, m, release_id, None, cell.value(m), needs[m], terms[m]) for m in MEASURES if needs[m]]

    def _changes(self, now: int, state: int, shown: Shown, area: str) -> list[Target]:
        found: dict[tuple[str, str], Target] = {}
        for (a, b, _), amounts in shown.differences(self.inside, (area,)).items():
            value = sum(amounts.values())
            if not value or not why_unsafe(amounts, self.settings):
                continue
            terms = ((1, now, a, area), (-1, state, b, area)) if a in SIDES else (
                (1, now, "current", area), (-1, now, "base", area),
                (-1, state, "current", area), (1, state, "base", area))
            need = max(self._part(largest(amounts)), found[a, b].need if (a, b) in found else 0)
            found[a, b] = Target(area, a, self.release_id, shown.release_id, value, need, terms)
        return list(found.values())

    def _part(self, cents: int) -> int:
        return self.settings.p_percent * cents // 100

    # -- sums that are known exactly: a total less the cities that are shown

    def _sums(self) -> list[Target]:
        if not self.public.fresh_total:
            return []
        rest = [a for a in self.inside.areas if not self.public.is_fresh(a)]
        found = [self._rest(None, {(m, m, d): amounts for m in MEASURES for d in DECOMPOSITIONS
                                   if (amounts := together(map(self.inside.cell, rest)).amounts(m, d))})]
        for shown in self.history:
            if shown.public.fresh_total:
                rest = [a for a in self.inside.areas if not (self.public.is_fresh(a) and shown.public.is_fresh(a))]
                found.append(self._rest(shown.release_id, shown.differences(self.inside, tuple(rest))))
        return [target for targets in found for target in targets]

    def _rest(self, since: str | None, found: Mapping) -> list[Target]:
        return [Target(TOTAL, a, self.release_id, since, sum(amounts.values()), 0, ())
                for (a, _, d), amounts in found.items()
                if d == DECOMPOSITIONS[0] and any(
                    any(one.values()) and why_unsafe(one, self.settings)
                    for key, one in found.items() if key[:2] == (a, _))]

    # -- the linear program

    def _narrow(self, targets: Iterable[Target], with_new: bool) -> list[Target]:
        bounds = self._bounds(with_new)
        return [t for t in targets if bounds.is_narrow(t.terms, t.value, t.need)]

    def _bounds(self, with_new: bool) -> Bounds:
        bounds = Bounds()
        publics = [*(s.public for s in self.history), self.public if with_new else None]
        areas = sorted({area for _, inside in self._states() for area in inside.areas})
        for state, ((_, inside), public) in enumerate(zip(self._states(), publics, strict=True)):
            months = {"base": months_before(inside.current_months), "current": inside.current_months}
            for area in areas:
                for side in SIDES:
                    row = public.row(area) if public and public.is_fresh(area) else None
                    bounds.figure((state, side, area), months[side], inside.cell(area).value(side),
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
