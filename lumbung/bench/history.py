"""What a day costs on a small and on a long history: costs should follow the day."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lumbung.bench.measure import measured
from lumbung.errors import LumbungError
from lumbung.lake.home import Home

FEED, AGENCY = "peb", "bea-cukai"
SHARE_OF_A_DAY = 1000


def days_on(history: int, count: int, scratch: Path, environment: dict[str, str]) -> dict:
    """Make a warehouse of `history` declaration items in `scratch`, then load `count` days of 0.1 % of them.

    Gives `history`, `day_rows`, and of the `whole` first load and each of the `days` the `seconds` and `cpu_seconds`
    of the whole process, `peak_memory_mb`, `rows_accepted` and `steps` (seconds by step). Raises LumbungError when a
    run publishes nothing.
    """
    home = Home(scratch / f"history-{history}").make()
    log = scratch / f"history-{history}.log"
    first, day_rows = 0, max(history // SHARE_OF_A_DAY, 1)
    days = []
    for number, rows in enumerate([history, *[day_rows] * count]):
        file = home.inbox / FEED / AGENCY / f"hari-{number}.csv"
        measured("lumbung.bench.declarations", "--rows", str(rows), "--after", str(first),
                 "--history", str(history), "--out", file, log=log)
        result = scratch / f"history-{history}-{number}.json"
        cost = measured("lumbung.bench.warehouse", home.root, result, log=log,
                        environment={**environment, "LUMBUNG_HOME": str(home.root)})
        run = json.loads(result.read_text())
        if not run["release_id"]:
            raise LumbungError(f"Day {number} on {history} items published nothing.", where=str(log),
                               todo="See its ledger and gates.")
        days.append({"seconds": round(cost.seconds, 3), "cpu_seconds": round(cost.cpu_seconds, 3),
                     "peak_memory_mb": round(cost.peak_memory_mb), "rows_accepted": run["rows_accepted"],
                     "steps": {name: round(spent, 3) for name, spent in run["seconds"].items()}})
        first += rows
    return {"history": history, "day_rows": day_rows, "whole": days[0], "days": days[1:]}


def compared(short: dict, long: dict) -> dict:
    """How many times as long a day takes on the long history as on the short one, by wall clock and processor."""
    def best(days: dict, what: str) -> float:
        return min(day[what] for day in days["days"])

    return {"short": short, "long": long, **{
        f"{what}_ratio": round(best(long, what) / best(short, what), 2) for what in ("seconds", "cpu_seconds")}}


def show(figures: dict, console: Console) -> None:
    """Print the figures of `compared` as a table."""
    short, long = figures["short"], figures["long"]
    table = Table(box=None, header_style="bold")
    for name in ("a day on", "rows", "seconds", "processor", "whole load", "at most MB"):
        table.add_column(name, justify="right")
    for of in (short, long):
        for day in of["days"]:
            table.add_row(f"{of['history']:,}", f"{day['rows_accepted']:,}", f"{day['seconds']:.1f}",
                          f"{day['cpu_seconds']:.1f}", f"{of['whole']['seconds']:.1f}", f"{day['peak_memory_mb']:,}")
    console.print(table)
    console.print(
        f"A day on {long['history']:,} items takes [bold]{figures['seconds_ratio']:.2f}[/bold] times as long as one on "
        f"{short['history']:,} ({figures['cpu_seconds_ratio']:.2f} times the processor); it is itself "
        f"{long['day_rows'] / short['day_rows']:.0f} times as large.", highlight=False)
