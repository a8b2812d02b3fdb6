"""`python -m lumbung.quality --rows N`: what intake catches and what it turns away wrongly."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lumbung.errors import LumbungError, UsageError
from lumbung.lake.durable import write_text
from lumbung.lake.home import PROJECT
from lumbung.quality.intake import measure_intake

LEAST_RECALL, MOST_FALSE_ALARMS = 0.99, 0.001


def show(figures: dict, console: Console) -> None:
    """Print the figures as a table, a line a kind of fault, and what was missed."""
    table = Table(box=None, header_style="bold")
    for name in ("kind of fault", "planted", "caught", "recall"):
        table.add_column(name, justify="left" if name == "kind of fault" else "right")
    for kind in figures["intake_kinds"]:
        style = "" if kind["caught"] == kind["planted"] else "red"
        table.add_row(kind["kind"], f"{kind['planted']:,}", f"{kind['caught']:,}", f"{kind['recall']:.1%}", style=style)
    table.add_section()
    table.add_row("[bold]all[/bold]", f"{figures['intake_faults']:,}", f"{figures['intake_faults_caught']:,}",
                  f"{figures['intake_recall']:.2%}")
    console.print(table)
    for kind in figures["intake_kinds"]:
        for miss in kind["missed"]:
            console.print(f"  {kind['kind']}: {miss['file']} row {miss['row_number'] or '-'} {miss['column']} "
                          f"{miss['raw_value']!r}: expected {miss['expected']}, {miss['ended']}",
                          highlight=False, markup=False, soft_wrap=True)
    console.print(f"[bold]Recall {figures['intake_recall']:.2%}[/bold] of {figures['intake_faults']:,} faults · "
                  f"[bold]false alarms {figures['intake_false_alarm_rate']:.3%}[/bold] of "
                  f"{figures['intake_good_rows']:,} good rows ({figures['intake_false_alarms']:,})", highlight=False)
    for line in figures["intake_false_alarm_reasons"]:
        console.print(f"  {line['rows']:,} good rows: {line['reason']}", highlight=False, markup=False, soft_wrap=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lumbung.quality", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="About how many PEB items.")
    parser.add_argument("--seed", type=int, default=1, help="Seed of the sample.")
    parser.add_argument("--fault-rate", type=float, default=0.02, help="Share of faulty rows planted (0 to 0.5).")
    parser.add_argument("--scratch", type=Path, help="Folder for sample and lake, kept; else one that goes away.")
    parser.add_argument("--out", type=Path, default=PROJECT / "var" / "quality.json", help="Where the figures go.")
    given = parser.parse_args(arguments)
    console = Console()
    try:
        if given.fault_rate <= 0:
            raise UsageError("Without faults there is nothing to measure.", todo="Use --fault-rate 0.02.")
        figures = _measured(given)
    except LumbungError as error:
        Console(stderr=True).print(str(error), highlight=False, markup=False, soft_wrap=True)
        return error.exit_code
    show(figures, console)
    write_text(given.out, json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
    console.print(str(given.out), highlight=False, soft_wrap=True)
    if figures["intake_recall"] < LEAST_RECALL or figures["intake_false_alarm_rate"] > MOST_FALSE_ALARMS:
        console.print(f"[bold red]Not good enough[/bold red]: at least {LEAST_RECALL:.0%} recall and at most "
                      f"{MOST_FALSE_ALARMS:.1%} false alarms are asked for.", highlight=False)
        return 1
    return 0


def _measured(given: argparse.Namespace) -> dict:
    if given.scratch:
        given.scratch.mkdir(parents=True, exist_ok=True)
        return measure_intake(given.scratch.resolve(), given.rows, given.seed, given.fault_rate)
    folder = PROJECT / "var" / "quality"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return measure_intake(Path(scratch), given.rows, given.seed, given.fault_rate)


if __name__ == "__main__":
    sys.exit(main())
