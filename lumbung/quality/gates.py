"""Gates against the answer key of a made-up inbox: deliveries they must stop or speak of, and right data they must not.

Right data is judged at the size that was asked for; the faults are sent to a small office, on top of what it published.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path

from lumbung import flow
from lumbung.errors import GateFailed
from lumbung.lake.home import Home
from lumbung.quality.gate_results import Failed, Found, Planted, of_batches, of_run
from lumbung.quality.intake import read_key
from lumbung.quality.small_office import SmallOffice, measured

EXAMPLES = 3


@contextmanager
def small_office(scratch: Path, seed: int) -> Iterator[Future]:
    """A small office at its own pace, in a process of its own: it takes longer than all the rest."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_quiet) as pool:
        yield pool.submit(measured, scratch / "gates", seed)


def measure_gates(home: Home, run_id: str, answers: Path, office: Future) -> dict:
    """Judge what `home` took in and `run_id` resolved; `office` is to be sent the faults of `gate_faults/`.

    `answers` is the folder of the answer key behind `home`. Returns plain values: `gate_recall` (share of the
    lines of gates.csv whose check failed, with its severity, for the load of its file), `gate_false_alarm_rate`
    (failures that no key explains, of all results of right data: a check of gate raw for a load, of another gate for
    its table), the counts behind both, `gate_kinds` (a line a kind: planted, caught, recall, missed),
    `gate_false_alarms` (check, severity, how often, examples), `gate_runs` (what each run of the small office came to)
    and `gate_seconds`. Raises LumbungError when a run fails otherwise, or the small office can't publish any more.
    """
    began = time.perf_counter()
    _quiet()
    found, alarms = _right_data(home, run_id, read_key(answers / "faults.csv"))
    small: SmallOffice = office.result()
    return summed_up(small.ended, alarms + small.alarms, found.results + small.results, small.runs,
                     time.perf_counter() - began)


def summed_up(ended: list[tuple[dict, str]], alarms: list[tuple[Failed, str]], results: int, runs: list[dict],
              seconds: float) -> dict:
    """The figures: of lines of the key with how else they ended, of failures of right data with where they are, and of
    how many results right data had."""
    caught = sum(not how for _, how in ended)
    return {
        "gate_recall": _share(caught, len(ended), 1.0), "gate_false_alarm_rate": _share(len(alarms), results, 0.0),
        "gate_faults": len(ended), "gate_faults_caught": caught, "gate_results_of_right_data": results,
        "gate_false_alarms_counted": len(alarms), "gate_kinds": _kinds(ended), "gate_false_alarms": _summed(alarms),
        "gate_runs": runs, "gate_seconds": round(seconds, 1)}


def _right_data(home: Home, run_id: str, faults: list[dict]) -> tuple[Found, list[tuple[Failed, str]]]:
    """Both gates over all of a home, whatever they say; what no planted row explains is an alarm."""
    try:
        for step, build in (("staging", flow.build_staging), ("marts", flow.build_marts)):
            build(home, run_id)
            with suppress(GateFailed):      # faults were planted in it, and marts are to be judged too
                flow.gate(home, run_id, step)
    finally:
        flow.end(home, run_id)
    found, planted = of_batches(home) + of_run(home, run_id), Planted(home, faults)
    return found, [(failed, planted.name_of(failed)) for failed in planted.unexplained(found)]


def _kinds(ended: list[tuple[dict, str]]) -> list[dict]:
    planted = Counter(line["kind"] for line, _ in ended)
    caught = Counter(line["kind"] for line, how in ended if not how)
    return [{"kind": kind, "planted": planted[kind], "caught": caught[kind],
             "recall": _share(caught[kind], planted[kind], 1.0),
             "missed": [{"check": f"{line['table_name']}.{line['check_name']}", "severity": line["severity"],
                         "what": line["what"], "ended": how} for line, how in ended if how and line["kind"] == kind]}
            for kind in sorted(planted)]


def _summed(alarms: list[tuple[Failed, str]]) -> list[dict]:
    counted = Counter((failed.suite, failed.name, failed.severity) for failed, _ in alarms)
    return [{"check": f"{suite}.{name}", "severity": severity, "times": times,
             "examples": [where for failed, where in alarms if (failed.suite, failed.name) == (suite, name)][:EXAMPLES]}
            for (suite, name, severity), times in sorted(counted.items())]


def _share(part: int, whole: int, of_nothing: float) -> float:
    return round(part / whole, 6) if whole else of_nothing


def _quiet() -> None:
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
