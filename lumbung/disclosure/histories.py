"""Earlier public releases: what they showed, what stood behind it, and whose ids have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lumbung.disclosure.cells import DECOMPOSITIONS, MEASURES, Amounts, Cell, minus
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList, Release, months_before
from lumbung.publish.reading import WAREHOUSE, quoted


@dataclass(frozen=True)
class Shown:
    """One list of an earlier public release: what was published, and the contributions behind it.

    `names` are those that businesses share with the release that is being made, where ids have changed since.
    """

    release_id: str
    public: PublicList
    inside: CityList
    names: Mapping[str, str]
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    def differences(self, now: CityList, areas: tuple[str, ...]) -> dict[tuple[str, str, str], Amounts]:
        """What anyone can compute who has both figures of some areas together: cents by business.

        By (measure now, measure then, decomposition), for columns with months in common; where both windows are the
        same, also the difference of the changes.
        """
        if areas not in self._kept:
            if len(areas) == 1:
                self._kept[areas] = _differences(
                    renamed(now.cell(areas[0]), self.names), renamed(self.inside.cell(areas[0]), self.names),
                    columns(now, self.inside))
            else:
                self._kept[areas] = _added([self.differences(now, (area,)) for area in areas])
        return self._kept[areas]


def same_business(earlier: Release, now: Release) -> dict[str, str]:
    """Ids of businesses that stand for another id by now, merged or split since: each to one name for all of them.

    Whatever two ids share a party in either release count as one business, so that a merge alone is nobody's change.
    """
    with now.connect() as connection:
        connection.execute(f"ATTACH '{quoted(earlier.path / WAREHOUSE)}' AS earlier (READ_ONLY)")
        links = connection.execute(
            "SELECT DISTINCT earlier.ikm_id, today.ikm_id FROM earlier.bridge_party_business AS earlier "
            "JOIN bridge_party_business AS today USING (party_key) WHERE earlier.ikm_id <> today.ikm_id ORDER BY ALL"
        ).fetchall()
    heads: dict[str, str] = {}

    def head(one: str) -> str:
        while heads.get(one, one) != one:
            one = heads[one]
        return one

    for before, after in links:
        first, second = sorted((head(before), head(after)))
        heads[second] = first
    return {one: head(one) for pair in links for one in pair}


def renamed(cell: Cell, names: Mapping[str, str]) -> Cell:
    """A cell with the businesses under the names that two releases share."""
    if not names:
        return cell
    sides = []
    for side in (cell.base, cell.current):
        sides.append({})
        for decomposition, amounts in side.items():
            one = sides[-1].setdefault(decomposition, {})
            for who, cents in amounts.items():
                one[names.get(who, who)] = one.get(names.get(who, who), 0) + cents
    return Cell(*sides)


def columns(now: CityList, earlier: CityList) -> list[tuple[str, str]]:
    """The pairs of columns (of now, of earlier) that are of months in common, so that their difference tells of few."""
    windows = [{"base": set(months_before(one.current_months)), "current": set(one.current_months)}
               for one in (now, earlier)]
    return [(a, b) for a in MEASURES[:2] for b in MEASURES[:2] if windows[0][a] & windows[1][b]]


def _differences(now: Cell, earlier: Cell, pairs: list[tuple[str, str]]) -> dict[tuple[str, str, str], Amounts]:
    pairs = pairs + ([("change", "change")] if {("base", "base"), ("current", "current")} <= set(pairs) else [])
    return {(a, b, d): minus(now.amounts(a, d), earlier.amounts(b, d)) for a, b in pairs for d in DECOMPOSITIONS}


def _added(found: list[dict[tuple[str, str, str], Amounts]]) -> dict[tuple[str, str, str], Amounts]:
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for one in found:
        for key, amounts in one.items():
            to = sums.setdefault(key, {})
            for who, cents in amounts.items():
                to[who] = to.get(who, 0) + cents
    return sums
