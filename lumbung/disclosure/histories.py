"""Earlier public releases: what they showed, what stood behind it, and what has changed between two of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lumbung.disclosure.businesses import Businesses, Link
from lumbung.disclosure.cells import DECOMPOSITIONS, MEASURES, Amounts, why_unsafe
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList, months_before
from lumbung.disclosure.settings import Settings

NOW = -1
SIDES = MEASURES[:2]
# A figure by its months, area and cents: where these are the same in two releases it has not changed.
Figure = tuple[tuple[str, ...], str, int]
# (measure now, measure then, decomposition) → cents by business
Changes = dict[tuple[str, str, str], Amounts]


@dataclass(frozen=True)
class Shown:
    """One list of an earlier public release: what was published, and the contributions behind it.

    `at` is its release's place among the `businesses`; NOW is that of the one being made.
    """

    release_id: str
    public: PublicList
    inside: CityList
    businesses: Businesses
    at: int
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    def link(self, at: int = NOW) -> Link:
        return self.businesses.between(self.at, at)

    def differences(self, now: CityList, areas: tuple[str, ...], at: int = NOW) -> Changes:
        """What anyone can compute who has both figures of some areas together: cents by business.

        `now` is the list of the release at `at`. For columns with months in common; where both windows are the same,
        also the difference of the changes.
        """
        if (at, areas) not in self._kept:
            if len(areas) == 1:
                self._kept[at, areas] = self._differences(now, areas[0], self.link(at))
            else:
                self._kept[at, areas] = added([self.differences(now, (area,), at) for area in areas])
        return self._kept[at, areas]

    def _differences(self, now: CityList, area: str, link: Link) -> Changes:
        pairs = columns(now, self.inside)
        if {(side, side) for side in SIDES} <= set(pairs):
            pairs = [*pairs, ("change", "change")]
        after, before = now.cell(area), self.inside.cell(area)
        return {(a, b, d): link.change(after.amounts(a, d), before.amounts(b, d))
                for a, b in pairs for d in DECOMPOSITIONS}


def columns(now: CityList, earlier: CityList) -> list[tuple[str, str]]:
    """The pairs of columns (of now, of earlier) that are of months in common, so that their difference tells of few."""
    return [(a, b) for a in SIDES for b in SIDES if set(months_of(now, a)) & set(months_of(earlier, b))]


def months_of(inside: CityList, side: str) -> tuple[str, ...]:
    """The months of a column of a list."""
    return inside.current_months if side == "current" else months_before(inside.current_months)


def figure_of(inside: CityList, side: str, area: str) -> Figure:
    return (months_of(inside, side), area, inside.cell(area).value(side))


def figures_of(inside: CityList, cities: Iterable[str]) -> set[Figure]:
    """The figures of some cities, both columns."""
    return {figure_of(inside, side, city) for city in cities for side in SIDES}


def changes_leak(changes: Changes, settings: Settings) -> bool:
    """Whether one of the changes, if it is one at all, is of few businesses or of one above all."""
    return any(sum(amounts.values()) and why_unsafe(amounts, settings) for amounts in changes.values())


def added(found: Iterable[Changes]) -> Changes:
    """Changes of several areas as one."""
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for one in found:
        for key, amounts in one.items():
            to = sums.setdefault(key, {})
            for who, cents in amounts.items():
                to[who] = to.get(who, 0) + cents
    return sums
