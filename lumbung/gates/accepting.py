"""Rows that a check of judgement stops and that are right all the same: a person accepts them, a load at a time.

A price may be that of an antique. What a suite does not mark `may_be_accepted` (keys, totals, conservation) can't be
accepted by anyone: a release that breaks it adds up wrong.
"""

from collections.abc import Iterable

from lumbung import privacy
from lumbung.errors import UsageError
from lumbung.gates import kept
from lumbung.lake import accepted, families, ledger
from lumbung.lake.home import Home


def accept(home: Home, suites: Iterable[dict], check: str, table: str, load: str, reason: str, *,
           undo: bool = False) -> accepted.Acceptance:
    """Write down that the failing rows of a load at a check are right, or take that back (`undo`).

    `suites` are those of the gates, `table` with or without its schema, `load` an id or the beginning of one. Raises
    UsageError without a reason, for a check that nobody may accept, for a load that is unknown, does not count
    (withdrawn, held), or did not fail the check in any run.
    """
    if not reason.strip():
        raise UsageError("An acceptance needs a reason.", todo='Give one: --reason "…".')
    gated, said = _may_be_accepted(suites, check, table), privacy.masked(reason.strip())
    if undo:
        for one in accepted.standing(home):
            if (one["table"], one["check"]) == (gated, check) and load and one["load_id"].startswith(load):
                return accepted.record(home, accepted.Acceptance(
                    gated, check, one["load_id"], one["rows"], said, is_accepted=False))
        raise UsageError(f"No load {load!r} is accepted at {check} of {gated}.",
                         todo="`lumbung check accepted` lists what is.")
    load_id = _counting(home, load)
    rows = kept.most_rows_failed(home, gated, check, load_id)
    if not rows:
        raise UsageError(f"Load {load_id} did not fail {check} of {gated} in any run: there is nothing to accept.",
                         todo=f"`lumbung check failures --load {load_id}` shows what it failed.")
    return accepted.record(home, accepted.Acceptance(gated, check, load_id, rows, said))


def _may_be_accepted(suites: Iterable[dict], check: str, table: str) -> str:
    """The table's name with its schema."""
    known = {(suite["name"], one["meta"]["name"]): one["meta"] for suite in suites for one in suite["expectations"]}
    may = [f"{name} --table {suite.partition('.')[2]}" for (suite, name), meta in sorted(known.items())
           if meta.get("may_be_accepted")]
    wanted = table.rpartition(".")[2]
    found = [(suite, meta) for (suite, name), meta in known.items()
             if name == check and suite.partition(".")[2] == wanted]
    if not found:
        raise UsageError(f"There is no check {check!r} of a table {table!r}.",
                         todo=f"Those that can be accepted: {', '.join(may)}.")
    [(suite, meta)] = found
    if not meta.get("may_be_accepted"):
        raise UsageError(
            f"{check} of {suite} can't be accepted: " + (
                "it is a warning and stops nothing." if meta["severity"] != "critical" else
                "no right data breaks it, and a release that does would be wrong."),
            todo=f"Withdraw the load, or mend what makes the table. Those that can be: {', '.join(may)}.")
    return suite


def _counting(home: Home, load: str) -> str:
    state = ledger.loads(home)
    found = [load] if load in state else [load_id for load_id in state if load and load_id.startswith(load)]
    if len(found) != 1:
        raise UsageError(f"{len(found)} loads begin with {load!r}." if found else f"There is no load {load!r}.",
                         where="lumbung loads", todo="Take the id from the message of the gate, or `lumbung loads`.")
    if not families.counts(state, state[found[0]]):
        raise UsageError(f"Load {found[0]} is {state[found[0]].status} and part of no run: there is nothing to accept.",
                         where="lumbung loads", todo="A withdrawn load comes back by `lumbung loads restore`.")
    return found[0]
