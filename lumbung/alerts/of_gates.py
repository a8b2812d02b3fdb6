"""What gates found that people must know: a critical failure, and warnings that are new."""

from dataclasses import replace
from datetime import UTC, datetime

from lumbung.alerts import kept
from lumbung.alerts.alert import Alert
from lumbung.alerts.sending import TOLD_AGAIN_AFTER, safely, send
from lumbung.deliveries import made_up_loads
from lumbung.lake import ledger
from lumbung.lake.home import Home

NAMED_CHECKS = 20
NAMED_LOADS = 5


@safely
def judged(home: Home, run_id: str, result) -> None:
    """Tell of a GateResult: critical failures of this run or batch once, warnings that were not told lately."""
    from lumbung.intake import HELD_BY_GATE

    # What gate raw finds too many rejects in waits for a person, and is told of as held.
    held = {load_id for check in result.warnings if check.expectation == HELD_BY_GATE for load_id in check.load_ids}
    failures = result.failures
    warnings = [check for check in result.warnings if not check.load_ids or set(check.load_ids) - held]
    if not failures and not warnings:
        return
    loads = ledger.loads(home)
    if result.step == "raw":                 # the gate comes before the verdict: its batch is not in the ledger yet
        loads = {load_id: replace(load, batch_id=load.batch_id or run_id) for load_id, load in loads.items()}
    if failures:
        send(home, _failed(home, run_id, result.step, failures, loads))
    since = (datetime.now(UTC) - TOLD_AGAIN_AFTER["gate_warned"]).isoformat()
    told = kept.told(kept.read(home), "gate_warned", since)
    new = [check for check in warnings if not set(_names(check, loads)) <= told]
    if new:
        send(home, _warned(home, run_id, result.step, new, loads))


def _failed(home: Home, run_id: str, step: str, checks: list, loads: dict[str, ledger.Load]) -> Alert:
    from lumbung.gates.telling import accept_commands

    raw, behind, accept = step == "raw", _behind(checks, loads), accept_commands(checks)[:NAMED_LOADS]
    return Alert(
        "gate_failed", (f"{run_id} {step}",),
        f"Lumbung: pemeriksaan {step} gagal, " + (
            "berkas dikembalikan" if raw else "rilis tidak diterbitkan; rilis terakhir tetap berlaku"),
        f"Gate {step} failed: {_count(checks, 'critical check')} of {run_id}. " + (
            "The files behind it are refused, the others go on." if raw else
            "Nothing was published; the last release stays."),
        where=", ".join(dict.fromkeys(check.table for check in checks)),
        todo="Ask the agency to mend the file and send it again." if raw else
        "Mend the rows at the source and send them again; or take the loads out and run again: "
        + " && ".join([*(f'lumbung loads withdraw {load.load_id} --reason "…"' for load in behind[:NAMED_LOADS]),
                       "lumbung run"])
        + (f"; or, where the rows are right, accept them: {' && '.join(accept)}" if accept else "")
        if behind else f"Look at the tables: lumbung check --step {step}",
        details=_details(checks, loads), is_made_up=raw and _all_made_up(home, behind))


def _warned(home: Home, run_id: str, step: str, checks: list, loads: dict[str, ledger.Load]) -> Alert:
    behind = _behind(checks, loads)
    return Alert(
        "gate_warned", tuple(name for check in checks for name in _names(check, loads)),
        f"Lumbung: {len(checks)} peringatan baru pada pemeriksaan {step}",
        f"Gate {step} warns of {_count(checks, 'new thing')} in {run_id}; the data went on.",
        where=", ".join(dict.fromkeys(check.table for check in checks)), todo=f"lumbung check --step {step}",
        details=_details(checks, loads),
        is_made_up=all(check.load_ids for check in checks) and _all_made_up(home, behind))


def _details(checks: list, loads: dict[str, ledger.Load]) -> tuple[str, ...]:
    """Check by check: how many rows, why it matters, the files behind it. Never a value of a row."""
    lines = []
    for check in checks[:NAMED_CHECKS]:
        rows = "" if check.unexpected_count is None else f", {_many(check.unexpected_count, 'row')}"
        lines.append(f"- {check.table}: {check.expectation}{rows}. {check.reason}")
        behind = _behind([check], loads)
        lines += [f"    {load.feed}/{load.agency}/{_shown(load.file_name)} (load {load.load_id})"
                  for load in behind[:NAMED_LOADS]]
        if len(behind) > NAMED_LOADS:
            lines.append(f"    and {len(behind) - NAMED_LOADS} more")
    if len(checks) > NAMED_CHECKS:
        lines.append(f"- and {_count(checks[NAMED_CHECKS:], 'check')} more")
    return tuple(lines)


def _behind(checks: list, loads: dict[str, ledger.Load]) -> list[ledger.Load]:
    return [loads[load_id] for load_id in sorted({x for check in checks for x in check.load_ids}) if load_id in loads]


def _names(check, loads: dict[str, ledger.Load]) -> list[str]:
    """A warning is another one for another agency."""
    agencies = sorted({f"{load.feed}/{load.agency}" for load in _behind([check], loads)}) or [check.feed]
    return [f"{check.suite} {check.expectation} {agency}".strip() for agency in agencies]


def _all_made_up(home: Home, loads: list[ledger.Load]) -> bool:
    return bool(loads) and made_up_loads(home, loads) == {load.load_id for load in loads}


def _shown(file_name: str) -> str:
    from lumbung.privacy import masked

    return masked(file_name)


def _count(things: list, name: str) -> str:
    return _many(len(things), name)


def _many(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
