"""`python -m lumbung.bench --rows N`: the warehouse against one plain DuckDB script, on the same file.

Then a day's load on a short and on a long history, since a day should cost about the day.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lumbung.bench import history
from lumbung.bench.measure import Cost, measured
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.durable import write_text
from lumbung.lake.home import PROJECT, Home

FEED, AGENCY = "peb", "bea-cukai"
STEPS = ("land", "type", "gate_raw", "pin", "append", "dbt_staging", "gate_staging", "dbt_marts", "gate_marts",
         "dbt_quality", "publish")
GATES = ("gate_raw", "gate_staging", "gate_marts")


def bench(rows: int, scratch: Path) -> dict:
    """Make a file of `rows` PEB items in `scratch`, run the floor and then the warehouse on it, and compare.

    Seconds are wall-clock seconds of whole processes: `seconds` by step adds up to `total_seconds`, with the start
    of Python and all between the steps under `start`; `gates_share` is the part of them that all gates take. Raises
    LumbungError when either fails or nothing is published.
    """
    if rows < 1:
        raise UsageError("A benchmark needs rows.", todo="Use --rows 1000000.")
    home = Home(scratch / "warehouse")
    if home.root.exists():
        raise UsageError("There is a warehouse already.", where=str(home.root), todo="Name another folder.")
    threads = os.environ.get("LUMBUNG_THREADS", "2")
    file = scratch / "declarations.csv"
    measured("lumbung.bench.declarations", "--rows", str(rows), "--out", file, log=scratch / "declarations.log")
    size = file.stat().st_size

    floor_log = scratch / "floor.log"
    floor = measured("lumbung.bench.floor", file, scratch / "floor", "--threads", threads, log=floor_log)
    items_seconds = json.loads(floor_log.read_text())["items"]

    drop = home.make().inbox / FEED / AGENCY
    drop.mkdir(parents=True)
    file.rename(drop / file.name)
    result = scratch / "warehouse.json"
    whole = measured("lumbung.bench.warehouse", home.root, result, log=scratch / "warehouse.log",
                     environment={"LUMBUNG_HOME": str(home.root), "LUMBUNG_THREADS": threads})
    run = json.loads(result.read_text())
    if not run["release_id"] or not run["rows_accepted"]:
        raise LumbungError("The warehouse published nothing.", where=str(scratch), todo="See its ledger and gates.")
    return _compared(rows, size, floor, items_seconds, whole, run)


def _compared(rows: int, size: int, floor: Cost, items_seconds: float, whole: Cost, run: dict) -> dict:
    steps = {name: run["seconds"].get(name, 0.0) for name in dict.fromkeys([*STEPS, *run["seconds"]])}
    steps = {"start": whole.seconds - sum(steps.values()), **steps}
    floor_seconds = floor.seconds - items_seconds
    return {
        "rows": rows, "bytes": size, "rows_accepted": run["rows_accepted"], "rows_quarantined": run["rows_quarantined"],
        "seconds": {name: round(spent, 3) for name, spent in steps.items() if spent},
        "total_seconds": round(whole.seconds, 3), "floor_seconds": round(floor_seconds, 3),
        **_gates(whole, run), "ratio": round(whole.seconds / floor_seconds, 2),
        "peak_memory_mb": round(whole.peak_memory_mb),
        "floor_keeping_items_seconds": round(floor.seconds, 3), "floor_peak_memory_mb": round(floor.peak_memory_mb),
        "cpu_seconds": round(whole.cpu_seconds, 3), "floor_keeping_items_cpu_seconds": round(floor.cpu_seconds, 3)}


def _gates(whole: Cost, run: dict) -> dict:
    """What part of the run's time all gates took together, and the most memory that was held meanwhile."""
    times = [tuple(one) for name in GATES for one in run["times"].get(name, [])]
    spent = sum(run["seconds"].get(name, 0.0) for name in GATES)
    return {"gates_seconds": round(spent, 3), "gates_share": round(spent / whole.seconds, 3),
            "gates_peak_memory_mb": round(whole.peak_within(times))}


def show(figures: dict, console: Console) -> None:
    """Print the figures of `bench` as a table."""
    rows, total = figures["rows"], figures["total_seconds"]
    table = Table(box=None, header_style="bold")
    for name in ("step", "seconds", "rows/s", "share"):
        table.add_column(name, justify="left" if name == "step" else "right")
    for name, spent in figures["seconds"].items():
        table.add_row(name, f"{spent:.1f}", _rate(rows, spent), f"{spent / total:.0%}")
    table.add_section()
    table.add_row("[bold]warehouse[/bold]", f"{total:.1f}", _rate(rows, total), "100%")
    table.add_row("floor", f"{figures['floor_seconds']:.1f}", _rate(rows, figures["floor_seconds"]), "")
    kept = figures["floor_keeping_items_seconds"]
    table.add_row("floor, keeping its rows", f"{kept:.1f}", _rate(rows, kept), "")
    console.print(f"{rows:,} items, {figures['bytes'] / 1e6:,.0f} MB of CSV: {figures['rows_accepted']:,} accepted, "
                  f"{figures['rows_quarantined']:,} in quarantine", highlight=False)
    console.print(table)
    console.print(f"[bold]{figures['ratio']:.2f}[/bold] times the floor · at most {figures['peak_memory_mb']:,} MB "
                  f"(floor {figures['floor_peak_memory_mb']:,} MB) · {figures['cpu_seconds']:.1f} s of processor "
                  f"(floor, keeping its rows, {figures['floor_keeping_items_cpu_seconds']:.1f} s)", highlight=False)
    console.print(f"All gates together: [bold]{figures['gates_share']:.0%}[/bold] of the time · at most "
                  f"{figures['gates_peak_memory_mb']:,} MB", highlight=False)


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f}" if seconds >= 0.05 else ""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lumbung.bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="PEB items (about 210 bytes each).")
    parser.add_argument("--history", type=int, nargs=2, default=[1_000_000, 10_000_000], metavar="N",
                        help="Items before the day; 0 0 leaves this part out.")
    parser.add_argument("--days", type=int, default=3, help="How many days to load on each; the best one counts.")
    parser.add_argument("--home", type=Path, help="Scratch folder, kept; else one under var/bench that goes away.")
    parser.add_argument("--out", type=Path, default=PROJECT / "var" / "bench.json", help="Where the figures go.")
    given = parser.parse_args(arguments)
    console = Console()
    try:
        with _scratch(given.home) as scratch:
            figures = bench(given.rows, scratch)
            show(figures, console)
            if any(given.history):
                threads = {"LUMBUNG_THREADS": os.environ.get("LUMBUNG_THREADS", "2")}
                short, long = (history.days_on(items, given.days, scratch, threads) for items in sorted(given.history))
                figures["day_on_history"] = history.compared(short, long)
                history.show(figures["day_on_history"], console)
    except LumbungError as error:
        Console(stderr=True).print(str(error), highlight=False, markup=False, soft_wrap=True)
        return error.exit_code
    write_text(given.out, json.dumps(figures, indent=2) + "\n")
    console.print(str(given.out), highlight=False, soft_wrap=True)
    return 0


@contextmanager
def _scratch(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept.resolve()
        return
    folder = PROJECT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        yield Path(scratch)


if __name__ == "__main__":
    sys.exit(main())
