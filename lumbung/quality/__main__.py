"""`python -m lumbung.quality --rows N`: what intake catches and turns away, which parties are found to be one, what
gates stop and where they cry wolf."""

import argparse
import json
import logging
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from lumbung.errors import LumbungError, UsageError
from lumbung.lake.durable import write_text
from lumbung.lake.home import PROJECT, Home
from lumbung.quality.gates import measure_gates, small_office
from lumbung.quality.identity import RUN, measure_identity
from lumbung.quality.intake import measure_intake, read_key
from lumbung.quality.printing import show_gates, show_identity, show_intake

LEAST_RECALL, MOST_FALSE_ALARMS = 0.99, 0.001
LEAST_GATE_RECALL = 0.95
LEAST_IDENTITY_PRECISION, LEAST_IDENTITY_RECALL = 0.99, 0.95


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lumbung.quality", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="About how many PEB items.")
    parser.add_argument("--rosters", type=int, help="About how many makers on the offices' rosters; else by --rows.")
    parser.add_argument("--seed", type=int, default=1, help="Seed of the sample.")
    parser.add_argument("--fault-rate", type=float, default=0.02, help="Share of faulty rows planted (0 to 0.5).")
    parser.add_argument("--no-gates", dest="gates", action="store_false",
                        help="Leave out the gates, which take longest.")
    parser.add_argument("--scratch", type=Path, help="Folder for sample and lake, kept; else one that goes away.")
    parser.add_argument("--out", type=Path, default=PROJECT / "var" / "quality.json", help="Where the figures go.")
    given = parser.parse_args(arguments)
    console = Console()
    logging.getLogger("lumbung.alerts").setLevel(logging.CRITICAL)      # planted faults are nobody's news
    try:
        if given.fault_rate <= 0:
            raise UsageError("Without faults there is nothing to measure.", todo="Use --fault-rate 0.02.")
        figures = _measured(given)
    except LumbungError as error:
        Console(stderr=True).print(str(error), highlight=False, markup=False, soft_wrap=True)
        return error.exit_code
    show_intake(figures, console)
    show_identity(figures, console)
    if given.gates:
        show_gates(figures, console)
    write_text(given.out, json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    console.print(str(given.out), highlight=False, soft_wrap=True)
    wishes = wanting(figures)
    for wish in wishes:
        console.print(f"[bold red]Not good enough[/bold red]: {wish}", highlight=False)
    return 1 if wishes else 0


def wanting(figures: dict) -> list[str]:
    """What is asked for and not reached, a sentence each."""
    wishes = []
    if figures["intake_recall"] < LEAST_RECALL or figures["intake_false_alarm_rate"] > MOST_FALSE_ALARMS:
        wishes.append(f"at least {LEAST_RECALL:.0%} recall and at most {MOST_FALSE_ALARMS:.1%} false alarms are "
                      "asked for.")
    if (figures["identity_precision"] < LEAST_IDENTITY_PRECISION
            or figures["identity_recall"] < LEAST_IDENTITY_RECALL):
        wishes.append(f"at least {LEAST_IDENTITY_PRECISION:.0%} precision and {LEAST_IDENTITY_RECALL:.0%} recall of "
                      "pairs are asked for.")
    if "gate_recall" in figures and (
            figures["gate_recall"] < LEAST_GATE_RECALL or figures["gate_false_alarm_rate"] > MOST_FALSE_ALARMS):
        wishes.append(f"of gates at least {LEAST_GATE_RECALL:.0%} recall and at most {MOST_FALSE_ALARMS:.1%} false "
                      "alarms are asked for.")
    return wishes


def _measured(given: argparse.Namespace) -> dict:
    if given.scratch:
        given.scratch.mkdir(parents=True, exist_ok=True)
        return _of_scratch(given.scratch.resolve(), given)
    folder = PROJECT / "var" / "quality"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return _of_scratch(Path(scratch), given)


def _of_scratch(scratch: Path, given: argparse.Namespace) -> dict:
    if not given.gates:
        return _of_intake(scratch, given)
    with small_office(scratch, given.seed) as office:
        figures = _of_intake(scratch, given)
        return figures | measure_gates(Home(scratch / "home"), RUN, scratch / "sample" / "answer_key", office)


def _of_intake(scratch: Path, given: argparse.Namespace) -> dict:
    figures = measure_intake(scratch, given.rows, given.seed, given.fault_rate, makers=given.rosters)
    key = read_key(scratch / "sample" / "answer_key" / "identity.csv")
    return figures | measure_identity(Home(scratch / "home"), key)


if __name__ == "__main__":
    sys.exit(main())
