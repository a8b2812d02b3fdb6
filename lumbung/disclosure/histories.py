"""Earlier public releases: what they showed, what stood behind it, and whose ids have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbung.disclosure.cells import DECOMPOSITIONS, MEASURES, Amounts, Cell, minus
from lumbung.disclosure.public_list import PublicList
from lumbung.disclosure.reading import CityList, Release, months_before


@dataclass(frozen=True)
class Shown:
    """One list of an earlier public release: what was published, and the contributions behind it (ids of today)."""

    release_id: str
    public: PublicList
    inside: CityList


def same_business(earlier: Release, now: Release) -> dict[str, str]:
    """Ids of businesses that stand for another id by now, merged or split since: each to one name for all of them.

    Whatever two ids share a party in either release count as one business, so that a merge alone is nobody's change.
    """
    links = sorted({pair for release, other in ((earlier, now),) for pair in _renamed(release, other)})
    heads: dict[str, str] = {}

    def head(one: str) -> str:
        while heads.get(one, one) != one:
            one = heads[one]
        return one

    for before, after in links:
        first, second = sorted((head(before), head(after)))
        heads[second] = first
    return {one: head(one) for pair in links for one in pair}


def _renamed(earlier: Release, now: Release) -> list[tuple[str, str]]:
    with earlier.connect() as connection:
        before = dict(connection.execute("SELECT party_key, ikm_id FROM bridge_party_business").fetchall())
    with now.connect() as connection:
        after = connection.execute("SELECT party_key, ikm_id FROM bridge_party_business").fetchall()
    return [(before[party], ikm_id) for party, ikm_id in after if before.get(party, ikm_id) != ikm_id]


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


def differences(now: Cell, earlier: Cell, pairs: list[tuple[str, str]],
                names: Mapping[str, str]) -> dict[tuple[str, str, str], Amounts]:
    """What anyone can compute who has the figures of both: cents by business, by (measure, measure, decomposition).

    Of the same two columns, also the difference of the changes.
    """
    now, earlier = renamed(now, names), renamed(earlier, names)
    pairs = pairs + ([("change", "change")] if {("base", "base"), ("current", "current")} <= set(pairs) else [])
    return {(a, b, d): minus(now.amounts(a, d), earlier.amounts(b, d)) for a, b in pairs for d in DECOMPOSITIONS}
