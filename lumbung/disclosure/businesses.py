"""Who is who in several releases: by the parties they share, and where that cannot be told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from lumbung.disclosure.cells import UNKNOWN, Amounts, Cell, minus
from lumbung.disclosure.reading import Release
from lumbung.publish.reading import WAREHOUSE, quoted


@dataclass(frozen=True)
class Link:
    """Between two releases: one name for ids that share a party in either, and the ids that have a party in both.

    `is_blind` where no party can be the same: their pseudonyms were made with different keys.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    is_blind: bool = False

    def change(self, now: Amounts, then: Amounts) -> dict[str, int]:
        """What each business's amount is more by now. Where some have gone and others come that may be the same ones,
        the whole change is of an unknown one: it may be that of a single business."""
        if now and then and (self.is_blind or (self._strangers(now, then) and self._strangers(then, now))):
            net = sum(now.values()) - sum(then.values())
            return {UNKNOWN: net} if net else {}
        return minus(self.named(now), self.named(then))

    def named(self, amounts: Amounts) -> Amounts:
        """Amounts under the names that both releases share."""
        if not self.names:
            return amounts
        sums: dict[str, int] = {}
        for who, cents in amounts.items():
            name = self.names.get(who, who)
            sums[name] = sums.get(name, 0) + cents
        return sums

    def cell(self, cell: Cell) -> Cell:
        """A cell under the names that both releases share."""
        if not self.names:
            return cell
        return Cell(*({d: self.named(amounts) for d, amounts in side.items()} for side in (cell.base, cell.current)))

    def _strangers(self, ones: Amounts, others: Amounts) -> bool:
        return any(cents and who != UNKNOWN and who not in others and who not in self.linked
                   for who, cents in ones.items())


class Businesses:
    """The businesses `ids` of some releases (oldest first, the one being made last), pairwise linked when asked."""

    def __init__(self, releases: Sequence[Release], ids: Collection[str]) -> None:
        self._keys = [one.manifest.get("key") for one in releases]
        self._parties = _parties(releases, ids)
        self._links: dict[tuple[int, int], Link] = {}

    def between(self, one: int, other: int) -> Link:
        """The link of two releases, by their places; -1 is the one being made."""
        if (one, other) not in self._links:
            self._links[one, other] = self._link(one, other)
        return self._links[one, other]

    def _link(self, one: int, other: int) -> Link:
        if self._keys[one] and self._keys[other] and self._keys[one] != self._keys[other]:
            return Link(is_blind=True)
        before, after = self._parties[one], self._parties[other]
        common = [(before[party], after[party]) for party in sorted(before.keys() & after.keys())]
        return Link(_one_name(pair for pair in common if pair[0] != pair[1]),
                    frozenset(who for pair in common for who in pair))


def _one_name(pairs) -> dict[str, str]:
    """Ids to the first of all those they are linked to."""
    heads: dict[str, str] = {}

    def head(one: str) -> str:
        while heads.get(one, one) != one:
            one = heads[one]
        return one

    for pair in pairs:
        first, second = sorted(map(head, pair))
        heads[second] = first
        for one in pair:
            heads.setdefault(one, first)
    return {one: head(one) for one in heads}


def _parties(releases: Sequence[Release], ids: Collection[str]) -> list[dict[str, str]]:
    """Of each release party → id, for all parties that belong to one of `ids` in any of them."""
    if len(releases) < 2:
        return [{} for _ in releases]
    with duckdb.connect() as connection:
        connection.execute("CREATE TEMP TABLE listed AS SELECT unnest($1::VARCHAR[]) AS ikm_id", [sorted(ids)])
        bridges = []
        for place, one in enumerate(releases):
            connection.execute(f"ATTACH '{quoted(one.path / WAREHOUSE)}' AS release_{place} (READ_ONLY)")
            bridges.append(f"release_{place}.bridge_party_business")
        connection.execute("CREATE TEMP TABLE relevant AS SELECT DISTINCT party_key FROM (" + " UNION ALL ".join(
            f"SELECT party_key FROM {bridge} SEMI JOIN listed USING (ikm_id)" for bridge in bridges) + ")")
        return [dict(connection.execute(
            f"SELECT party_key, ikm_id FROM {bridge} SEMI JOIN relevant USING (party_key)").fetchall())
            for bridge in bridges]
