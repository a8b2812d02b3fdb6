"""Pairs of integer cents: of the base and of the current window, which are never mixed."""

Cents = tuple[int, int]
NOTHING: Cents = (0, 0)


def plus(one: Cents, other: Cents) -> Cents:
    """Both windows added, each by itself."""
    return one[0] + other[0], one[1] + other[1]


def minus(one: Cents, other: Cents) -> Cents:
    """Both windows subtracted, each by itself."""
    return one[0] - other[0], one[1] - other[1]


def total(pairs) -> Cents:
    """Any number of pairs added."""
    base = current = 0
    for pair in pairs:
        base, current = base + pair[0], current + pair[1]
    return base, current


def size(cents: Cents) -> int:
    """How much a pair of amounts weighs, to put the largest first."""
    return abs(cents[0]) + abs(cents[1])
