"""What gates found that people must know: a critical failure, and warnings that are new."""

from dataclasses import replace

from lumbung.alerts import kept
from lumbung.alerts.alert import Alert
from lumbung.alerts.keys import failure_key, is_of_made_up, news, warning_keys
from lumbung.alerts.sending import safely, send
from lumbung.deliveries import made_up_loads
from lumbung.lake import ledger
from lumbung.lake.home import Home

NAMED_CHECKS = 20
NAMED_LOADS = 5


@safely
def judged(home: Home, run_id: str, result) -> None:
    """Tell of a GateResult: critical failures once a day while they stand, warnings that are news."""
    from lumbung.intake import HELD_BY_GATE

    # What gate raw finds too many rejects in waits for a person, and is told of as held.
    held = {load_id for check in result.warnings if check.expectation == HELD_BY_GATE for load_id in check.load_ids}
    failures = result.failures
    new = news(kept.read(home), result.warnings, held) if result.warnings else []
    if not failures and not new:
        return
    loads = ledger.loads(home)
    if result.step == "raw":                 # the gate comes before the verdict: its batch is not in the ledger yet
        loads = {load_id: replace(load, batch_id=load.batch_id or run_id) for load_id, load in loads.items()}
    if failures:
        send(home, _failed(home, run_id, result.step, failures, loads))
    if new:
        send(home, _warned(home, run_id, result.step, new, loads))


def _failed(home: Home, run_id: str, step: str, checks: list, loads: dict[str, ledger.Load]) -> Alert:
    from lumbung.gates.telling import accept_commands

    raw, behind, accept = step == "raw", _behind(checks, loads), accept_commands(checks)[:NAMED_LOADS]
    return Alert(
        "gate_failed", tuple(failure_key(step, check, run_id if raw else "") for check in checks),
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
        "gate_warned", tuple(key for check in checks for key in warning_keys(check)),
        f"Lumbung: {len(checks)} peringatan baru pada pemeriksaan {step}",
        f"Gate {step} warns of {_count(checks, 'new thing')} in {run_id}; the data went on.",
        where=", ".join(dict.fromkeys(check.table for check in checks)), todo=f"lumbung check --step {step}",
        details=_details(checks, loads),
        is_made_up=all(check.load_ids or is_of_made_up(check) for check in checks)
        and (not behind or _all_made_up(home, behind)))


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


def _all_made_up(home: Home, loads: list[ledger.Load]) -> bool:
    return bool(loads) and made_up_loads(home, loads) == {load.load_id for load in loads}


def _shown(file_name: str) -> str:
    from lumbung.privacy import masked

    return masked(file_name)


def _count(things: list, name: str) -> str:
    return _many(len(things), name)


def _many(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
