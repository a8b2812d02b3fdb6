"""Typing a batch so that a file that breaks it does not take the others along."""

import logging
from dataclasses import replace

import duckdb

from lumbung.errors import LumbungError
from lumbung.intake import reasons
from lumbung.intake.landing import Landed
from lumbung.intake.typed import type_loads
from lumbung.intake.typed_batch import LoadRows, TypedBatch
from lumbung.intake.verdicts import COUNTS
from lumbung.lake.home import Home

# Not of a file but of the machine: the next attempt may find more memory, room or peace.
OF_THE_MACHINE = (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InterruptException,
                  duckdb.FatalException)

log = logging.getLogger(__name__)


def type_apart(home: Home, feed: str, batch_id: str,
               landed: list[Landed]) -> tuple[list[TypedBatch], list[LumbungError]]:
    """Type the loads of a batch together; where that fails, in halves, until the one that fails is alone.

    Returns what could be typed and what a person has to mend first (a key that is missing): those loads keep waiting.
    A load that breaks the reader itself is refused by name. Faults of the machine are raised at once: the whole batch
    is to be tried again.
    """
    try:
        return [type_loads(home, feed, batch_id, landed)], []
    except OF_THE_MACHINE:
        raise
    except Exception as problem:
        if len(landed) > 1:
            half = len(landed) // 2
            parts = [type_apart(home, feed, f"{batch_id}-{n}", some)
                     for n, some in enumerate((landed[:half], landed[half:]))]
            return [typed for part, _ in parts for typed in part], [error for _, errors in parts for error in errors]
        if isinstance(problem, LumbungError):
            return [], [problem]
        log.exception("Typing load %s broke the reader.", landed[0].load_id)
        return [_refused(home, feed, batch_id, landed[0], problem)], []


def summed(summaries: list[dict]) -> dict:
    """The summaries of the parts of one batch as one."""
    counts = ("accepted", "held", "rejected", "redelivered", *COUNTS)
    return {**summaries[0], **{name: sum(s[name] for s in summaries) for name in counts},
            "loads": [load for s in summaries for load in s["loads"]]}


def _refused(home: Home, feed: str, batch_id: str, one: Landed, problem: Exception) -> TypedBatch:
    # Only the kind of the fault is told: its text may repeat what stands in the file.
    detail = f"Lumbung sendiri gagal membacanya ({type(problem).__name__}); laporkan bersama berkasnya."
    nothing = type_loads(home, feed, batch_id, [])
    return replace(nothing, loads=(LoadRows(one, reason_code="unreadable",
                                            reason=reasons.of_file("unreadable", detail)),))
