"""What each lineage of documents gave each city, in both orders, and the sums by cause."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lumbung.diff import documents as documents_of
from lumbung.diff.cents import NOTHING, Cents, plus, size
from lumbung.diff.figures import Figures
from lumbung.diff.lineages import Evidence, Lineage, judged, together
from lumbung.diff.loads import Loads
from lumbung.diff.states import State

Both = tuple[Cents, Cents]           # in the forward and in the reverse order


@dataclass
class CityDocuments:
    """The documents of one city: cause -> cents in both orders, and each lineage with its cents, forward."""

    by_cause: dict[str, Both] = field(default_factory=dict)
    lineages: list[tuple[Lineage, Cents]] = field(default_factory=list)

    def largest_first(self) -> list[tuple[Lineage, Cents]]:
        """The lineages that weigh most before the others."""
        return sorted(self.lineages, key=lambda one: (-size(one[1]), one[0].documents))


def by_city(figures: Figures, forward: State, backward: State, loads: Loads, months: set[date],
            is_same_code: bool) -> dict[str, CityDocuments]:
    """Every lineage that changed a figure, city by city.

    `forward` and `backward` are the states before documents are switched, `months` those that A had.
    """
    first = documents_of.changes(figures, forward)
    # The same rates, places and months give a document the same amounts.
    orders = [first, first if figures.seen_as(forward) == figures.seen_as(backward)
              else documents_of.changes(figures, backward)]
    replaces = documents_of.links(figures)
    groups = together(orders[0].keys() | orders[1].keys(), replaces)
    every = [document for group in groups for document in group]
    evidence = Evidence(documents_of.known(figures, "a", every), documents_of.known(figures, "b", every), replaces,
                        loads, months, is_same_code)
    found: dict[str, CityDocuments] = defaultdict(CityDocuments)
    for group in groups:
        amounts = _by_city(group, orders)
        lineage = judged(group, tuple(d for d in group if d in orders[0] or d in orders[1]), evidence)
        for code, (forth, back) in amounts.items():
            city = found[code]
            before = city.by_cause.get(lineage.cause, (NOTHING, NOTHING))
            city.by_cause[lineage.cause] = plus(before[0], forth), plus(before[1], back)
            if forth != NOTHING:
                city.lineages.append((lineage, forth))
    return found


def _by_city(group: tuple[str, ...], orders: list[documents_of.Amounts]) -> dict[str, Both]:
    found: dict[str, Both] = {}
    for number, amounts in enumerate(orders):
        for document in group:
            for code, cents in amounts.get(document, {}).items():
                both = list(found.get(code, (NOTHING, NOTHING)))
                both[number] = plus(both[number], tuple(cents))
                found[code] = both[0], both[1]
    return found
