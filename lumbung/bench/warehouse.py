"""The warehouse as `lumbung run` runs it, writing down what each step took."""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from lumbung import flow
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home


def run_warehouse(home: Home) -> dict:
    """Run whatever is in the inbox into a release.

    Gives `seconds` by step (a step of several batches adds up), `times` (from and to, seconds since 1970) by step,
    `rows_accepted`, `rows_quarantined`, `rejected` (files) and `release_id`.
    """
    seconds: Counter[str] = Counter()
    times: dict[str, list[tuple[float, float]]] = {}

    def told(name: str, spent: float) -> None:
        seconds[name] += spent
        times.setdefault(name, []).append((time.time() - spent, time.time()))

    outcome = flow.run(home, on_step=told)
    return {
        "seconds": dict(seconds), "times": times, "release_id": outcome.release_id,
        "rows_accepted": sum(batch["rows_accepted"] for batch in outcome.batches),
        "rows_quarantined": sum(batch["rows_quarantined"] for batch in outcome.batches),
        "rejected": sum(batch["rejected"] for batch in outcome.batches)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the warehouse on a home and write down what each step took.")
    parser.add_argument("home", type=Path)
    parser.add_argument("result", type=Path)
    given = parser.parse_args()
    write_text(given.result, json.dumps(run_warehouse(Home(given.home.resolve()))))


if __name__ == "__main__":
    main()
