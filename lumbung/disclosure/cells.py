"""Cells and who contributes to them, in whole cents: which of them the primary rules find unsafe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lumbung.disclosure.settings import Settings

DECOMPOSITIONS = ("exporter", "maker")
MEASURES = ("base", "current", "change")
UNKNOWN = "unknown"
FEW, DOMINATED = "few_contributors", "dominated"

Amounts = Mapping[str, int]


@dataclass(frozen=True)
class Cell:
    """A city (or what names none) in a list: cents of each business, once by exporter of record, once by maker.

    `base` and `current` are by decomposition, then by `ikm_id`: branches of a firm are one there.
    """

    base: Mapping[str, Amounts] = field(default_factory=dict)
    current: Mapping[str, Amounts] = field(default_factory=dict)
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    def amounts(self, measure: str, decomposition: str) -> Amounts:
        """Cents by business; of the change, what each one's changed by, with its sign."""
        base, current = self.base.get(decomposition, {}), self.current.get(decomposition, {})
        if measure == "base":
            return base
        if measure == "current":
            return current
        if decomposition not in self._kept:
            self._kept[decomposition] = minus(current, base)
        return self._kept[decomposition]

    def value(self, measure: str) -> int:
        """Cents of all of them."""
        return sum(self.amounts(measure, "exporter").values())

    @property
    def is_empty(self) -> bool:
        """Whether nobody contributes to either window."""
        return not any(any(a.values()) for side in (self.base, self.current) for a in side.values())


def minus(one: Amounts, other: Amounts) -> dict[str, int]:
    """What each business's amount in `one` is more than in `other`; those that are equal are left out."""
    return {who: gap for who in {**one, **other} if (gap := one.get(who, 0) - other.get(who, 0))}


def together(cells: Iterable[Cell]) -> Cell:
    """Several cells as one: a business that stands in two of them is one contributor."""
    sums: dict[str, dict[str, dict[str, int]]] = {"base": {}, "current": {}}
    for cell in cells:
        for side, to in (("base", sums["base"]), ("current", sums["current"])):
            for decomposition, amounts in getattr(cell, side).items():
                one = to.setdefault(decomposition, {})
                for who, cents in amounts.items():
                    one[who] = one.get(who, 0) + cents
    return Cell(sums["base"], sums["current"])


def why_unsafe(amounts: Amounts, settings: Settings) -> str | None:
    """The primary rule that a cell breaks, or None. Amounts may be negative (changes): what counts is their size.

    Who is unknown may be anyone: it adds nobody to the number of contributors, and its amount to the largest.
    """
    sizes = sorted((abs(cents) for who, cents in amounts.items() if cents and who != UNKNOWN), reverse=True)
    if len(sizes) < settings.minimum_contributors:
        return FEW
    largest = sizes[0] + abs(amounts.get(UNKNOWN, 0))
    return DOMINATED if 100 * sum(sizes[2:]) < settings.p_percent * largest else None


def largest(amounts: Amounts) -> int:
    """x1: the size in cents of the largest contribution, with what is of unknown businesses."""
    sizes = [abs(cents) for who, cents in amounts.items() if who != UNKNOWN]
    return max(sizes, default=0) + abs(amounts.get(UNKNOWN, 0))


def unsafe_measures(cell: Cell, settings: Settings) -> dict[str, str]:
    """The measures of a cell that a primary rule forbids, with the rule: `few_contributors` or `dominated`."""
    if settings not in cell._kept:
        found: dict[str, str] = {}
        for measure in MEASURES:
            for decomposition in DECOMPOSITIONS:
                if broken := why_unsafe(cell.amounts(measure, decomposition), settings):
                    found.setdefault(measure, f"{broken}:{decomposition}")
        cell._kept[settings] = found
    return cell._kept[settings]


def leaks(cell: Cell, settings: Settings) -> bool:
    """Whether a sum that anyone can compute says too much: it has something in it and breaks a primary rule."""
    return any(
        any(amounts.values()) and why_unsafe(amounts, settings)
        for measure in MEASURES for amounts in (cell.amounts(measure, d) for d in DECOMPOSITIONS))


def to_protect(cell: Cell, measure: str) -> int:
    """The largest contribution to a measure by either decomposition, in cents."""
    return max(largest(cell.amounts(measure, d)) for d in DECOMPOSITIONS)
