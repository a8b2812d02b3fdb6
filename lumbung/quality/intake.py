"""Intake against the answer key of a made-up inbox: faults it catches, good rows it turns away."""

import csv
import logging
from collections import Counter, defaultdict
from pathlib import Path

from lumbung import flow, sample
from lumbung.contracts import contracts
from lumbung.lake.home import Home
from lumbung.quality.outcomes import Outcomes

EXAMPLES = 3          # missed faults shown a kind
REASONS = 12          # reasons of false alarms shown


def measure_intake(scratch: Path, rows: int, seed: int, fault_rate: float, makers: int | None = None) -> dict:
    """Make a sample in `scratch/sample`, take its inbox into `scratch/home`, and compare every planted fault and every
    good row. `makers` as for `write_sample`.

    Returns plain values: rows, seed, fault_rate, intake_recall (share of planted faults that ended as the key says),
    intake_false_alarm_rate (share of good rows, those no fault was planted in, that were not accepted), the counts
    behind both, `intake_kinds` (a line a kind of fault: planted, caught, recall, examples of what was missed) and
    `intake_false_alarm_reasons`. Raises LumbungError when intake itself fails.
    """
    made, home = scratch / "sample", Home(scratch / "home").make()
    sample.write_sample(made, rows, seed, fault_rate, makers)
    home.inbox.rmdir()
    (made / "inbox").rename(home.inbox)
    take_in(home)
    with Outcomes(home) as outcomes:
        return {"rows": rows, "seed": seed, "fault_rate": fault_rate,
                **compared(outcomes, read_key(made / "answer_key" / "files.csv"),
                           read_key(made / "answer_key" / "faults.csv"))}


def take_in(home: Home) -> None:
    """Everything in the inbox through landing, typing, the raw gate and a verdict."""
    from lumbung import intake

    noisy = logging.getLogger("great_expectations")
    level = noisy.level
    noisy.setLevel(logging.ERROR)
    try:
        for batch in intake.plan(home, list(contracts()), settle_seconds=0):
            flow.take_in(home, batch)
    finally:
        noisy.setLevel(level)


def read_key(path: Path) -> list[dict[str, str]]:
    """The lines of a file of the answer key."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def compared(outcomes: Outcomes, files: list[dict], faults: list[dict]) -> dict:
    """Recall and false alarms of what intake did, with the counts behind them."""
    by_file: dict[str, list[dict]] = defaultdict(list)
    for fault in faults:
        by_file[fault["path"]].append(fault)
    kinds: dict[str, Counter] = defaultdict(Counter)
    missed: dict[str, list[dict]] = defaultdict(list)
    reasons: Counter = Counter()
    good = alarms = 0
    for file in files:
        here = by_file[file["path"]]
        for fault, ended in outcomes.of_faults(file, here):
            kinds[fault["kind"]]["planted"] += 1
            kinds[fault["kind"]]["caught"] += not ended
            if ended:
                missed[fault["kind"]].append(_missed(fault, ended))
        count, turned_away = outcomes.good_rows(file, here)
        good, alarms = good + count, alarms + sum(turned_away.values())
        reasons.update(turned_away)
    planted, caught = (sum(kind[name] for kind in kinds.values()) for name in ("planted", "caught"))
    return {
        "intake_recall": _share(caught, planted, 1.0), "intake_false_alarm_rate": _share(alarms, good, 0.0),
        "intake_faults": planted, "intake_faults_caught": caught, "intake_good_rows": good,
        "intake_false_alarms": alarms,
        "intake_kinds": [{"kind": kind, **counts, "recall": _share(counts["caught"], counts["planted"], 1.0),
                          "missed": missed[kind][:EXAMPLES]} for kind, counts in sorted(kinds.items())],
        "intake_false_alarm_reasons": [{"reason": why, "rows": n} for why, n in reasons.most_common(REASONS)]}


def _missed(fault: dict, ended: str) -> dict:
    return {"file": fault["path"].removeprefix("inbox/"), "row_number": int(fault["row_number"] or 0) or None,
            "column": fault["column_name"], "raw_value": fault["raw_value"],
            "expected": " ".join(filter(None, [fault["expected"], fault["reason_code"], fault["value"]])),
            "ended": ended}


def _share(part: int, whole: int, of_nothing: float) -> float:
    return round(part / whole, 6) if whole else of_nothing
