"""What people must know of files: what waits for a decision, what did not come; and of slow runs."""

from datetime import date
from pathlib import Path

from lumbung.alerts import kept
from lumbung.alerts.alert import Alert
from lumbung.alerts.sending import safely, send
from lumbung.deliveries import Standing, made_up_loads, standings
from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home


@safely
def taken_in(home: Home) -> None:
    """Tell of each load that is held, once, whoever took it in: a process may have died before it told."""
    held = [load for load in ledger.loads(home).values() if load.status == "held"]
    if held:
        told = kept.told(kept.read(home), "load_held")
        held = [load for load in held if load.load_id not in told]
        made_up = made_up_loads(home, held)
        send(home, *(_held(load, load.load_id in made_up) for load in held))


def late(home: Home, on: date) -> list[Standing]:
    """Tell of every feed of an agency that is late on a day, once a due date, or has stopped, once.

    Gives how all stand (`deliveries.standings`); of a feed of which that can't be made out is told too.
    """
    found = standings(home, on, lambda problem: unread(home, problem))
    send(home, *(_late(one) for one in found if one.missing))
    return found


@safely
def unread(home: Home, problem: LumbungError) -> None:
    """Tell of a feed whose typed rows can't be read, once a file: nobody knows what came of it, and what did not."""
    where = Path(problem.where).relative_to(home.root).as_posix()
    send(home, Alert("feed_unread", (where,), "Lumbung: data yang sudah diterima tidak terbaca", problem.what,
                     where=where, todo=problem.todo))


@safely
def too_slow(home: Home, dag_id: str, run_id: str, minutes: int) -> None:
    """Tell of a run that is not done after its time."""
    send(home, Alert(
        "run_slow", (f"{dag_id} {run_id}",), f"Lumbung: proses {dag_id} belum selesai setelah {minutes} menit",
        f"The run {run_id} of {dag_id} is not done after {minutes} minutes; the last release stays until it is.",
        where=f"DAG {dag_id}", todo="Look in Airflow at the task that runs, and at its log."))


def _held(load: ledger.Load, is_made_up: bool) -> Alert:
    from lumbung.privacy import masked

    as_of = " --as-of YYYY-MM-DD" if load.reason_code == "as_of_missing" else ""
    return Alert(
        "load_held", (load.load_id,), f"Lumbung: berkas menunggu keputusan ({load.feed}, {load.agency})",
        f"A file is held: {load.reason}", where=f"{load.feed}/{load.agency}/{masked(load.file_name)}",
        todo=f'lumbung loads release {load.load_id}{as_of}, or lumbung loads reject {load.load_id} --reason "…"; '
             "in Airflow: Required Actions of the DAG held_loads.",
        details=(f"{load.rows_read:,} rows read, {load.rows_accepted:,} accepted, "
                 f"{load.rows_quarantined:,} quarantined.",), is_made_up=is_made_up)


def _late(one: Standing) -> Alert:
    stopped, newest, since = one.status == "stopped", one.missing[-1], one.missing_since
    last = f"the last one is of the period from {one.last_period}" if one.last_period else "none has ever come"
    nothing = (f'if there was nothing to send: lumbung loads nil {one.feed} {one.agency} '
               f'{newest.period_from:%Y-%m} --reason "…"' if one.source == "expected" else
               "nobody agreed on it, it is so by custom: if no more is to come, nothing need be done")
    return Alert(
        "feed_late", (f"{one.feed} {one.agency} " + (f"stopped {since[0].due_on}" if stopped else
                                                      f"{newest.due_on}"),),
        f"Lumbung: kiriman {'berhenti' if stopped else 'terlambat'} ({one.feed}, {one.agency})",
        f"{one.feed} of {one.agency} " + (
            f"has stopped: {len(since)} deliveries did not come; {last}. You are not told again until it comes."
            if stopped else f"was due on {newest.due_on} and has not come; {last}."),
        where=f"inbox/{one.feed}/{one.agency}/", todo=f"Ask {one.agency} for it; {nothing}.",
        details=() if stopped else tuple(f"- missing: the period from {x.period_from}, due on {x.due_on}"
                                         for x in one.missing), is_made_up=one.is_synthetic)
