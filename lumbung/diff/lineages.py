"""Documents with all that they replace or that replaces them, and the one cause for which their figures changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lumbung.diff.documents import Known
from lumbung.diff.loads import Loads
from lumbung.errors import LumbungError

# In the order in which they are asked: the first that holds is the cause.
CAUSES = ("withdrawn load", "restored load", "replayed", "late", "new month", "cancelled and refiled", "cancelled",
          "duplicate or conflict", "erased", "corrected", "completed", "read again", "read by other code")


@dataclass(frozen=True)
class Lineage:
    """A document through its versions, with what it replaces and what replaces it.

    `documents` are all of it, `changed` those of them whose figures are others; both in order.
    """

    documents: tuple[str, ...]
    changed: tuple[str, ...]
    cause: str


@dataclass(frozen=True)
class Evidence:
    """What the cause of a lineage is judged by. `replaces` is document -> the documents it says it replaces."""

    before: Mapping[str, Known]
    after: Mapping[str, Known]
    replaces: Mapping[str, set[str]]
    loads: Loads
    months_before: set[date]
    is_same_code: bool


def together(documents: Iterable[str], replaces: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The documents, and those they hang together with, in groups; each document stands in one."""
    linked = defaultdict(set)
    for document, others in replaces.items():
        for other in others:
            linked[document].add(other)
            linked[other].add(document)
    groups, done = [], set()
    for document in sorted(documents):
        if document in done:
            continue
        group, waiting = set(), [document]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting += linked.get(one, ())
        done |= group
        groups.append(tuple(sorted(group)))
    return groups


def judged(documents: tuple[str, ...], changed: tuple[str, ...], evidence: Evidence) -> Lineage:
    """The lineage of these documents with its cause. Raises LumbungError for one that has none."""
    before = [evidence.before.get(document, Known()) for document in documents]
    after = [evidence.after.get(document, Known()) for document in documents]
    loads, pairs = evidence.loads, list(zip(before, after, strict=True))
    loads_before = {load for one in before for load in one.loads}
    loads_after = {load for one in after for load in one.loads}
    new, restored = loads.new(loads_after), loads.restored(loads_after)
    # A file that was there before is what was known of it, read again or not.
    was_known = bool(loads_before or loads_after - new - restored)
    months = {month for one in after for month in one.months}
    changed_version = any(a.counted != b.counted for a, b in pairs)
    holds = {
        "withdrawn load": bool(loads.withdrawn(loads_before)),
        "restored load": bool(restored),
        "replayed": bool(new & loads.replays),
        "late": not was_known and bool(months & evidence.months_before),
        "new month": not was_known,
        "cancelled and refiled": _refiled(documents, evidence),
        "cancelled": any(a.counted and not b.counted and b.outcomes & {"cancelled", "replaced"} for a, b in pairs),
        "duplicate or conflict": not changed_version and any(a.is_contradicted or b.is_contradicted for a, b in pairs),
        "erased": loads.shortened({load for a, b in pairs for load in a.loads - b.loads}),
        "corrected": changed_version,
        "completed": bool(new),
        "read again": loads.read_again(loads_before),
        "read by other code": not evidence.is_same_code,
    }
    cause = next((cause for cause in CAUSES if holds[cause]), None)
    if cause is None:
        raise LumbungError(f"The figures of document {changed[0]} differ between the releases for no cause known.",
                           where=f"loads {', '.join(sorted(loads_before | loads_after))}",
                           todo="Check both releases with `lumbung verify`; report it if they are whole.")
    return Lineage(documents, changed, cause)


def _refiled(documents: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether a document stopped counting and one that replaces it, or replaces what did, counts instead."""
    gone = {d for d in documents if _counts(evidence.before, d) and not _counts(evidence.after, d)}
    come = {d for d in documents if not _counts(evidence.before, d) and _counts(evidence.after, d)}
    return bool(gone) and any(gone & _replaced_by(document, evidence.replaces) for document in come)


def _counts(known: Mapping[str, Known], document: str) -> bool:
    return document in known and bool(known[document].counted)


def _replaced_by(document: str, replaces: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(), [document]
    while waiting:
        for other in replaces.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
