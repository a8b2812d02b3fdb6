"""The states between two releases: what is taken from which, and in which order it is switched.

A is the earlier release, B the later one. Always B's code computes; what A's documents become under it is the first
step, `code`, and stays the first in the reverse order too: A's code can't be asked about documents it never read.
"""

from dataclasses import dataclass, replace

SWITCHED = ("documents", "identity", "allocation", "rates", "regions", "window", "rule")
STEPS = ("code", *SWITCHED)


@dataclass(frozen=True)
class State:
    """From which release each part is taken: "a" or "b"."""

    documents: str = "a"
    identity: str = "a"
    allocation: str = "a"
    rates: str = "a"
    regions: str = "a"
    window: str = "a"
    rule: str = "a"


def path(order: tuple[str, ...] = SWITCHED) -> list[State]:
    """The states from all of A to all of B, one part switched after another."""
    states = [State()]
    for part in order:
        states.append(replace(states[-1], **{part: "b"}))
    return states
