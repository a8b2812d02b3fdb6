"""`lumbung metrics`: what a dashboard shows of Lumbung, without one."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.home import Home

COLUMNS = ["metric", "labels", "value", "unit"]


def metrics(
    send: Annotated[bool, typer.Option("--send", help="Send them to LUMBUNG_METRICS_URL once.")] = False,
    as_json: AsJson = False,
) -> None:
    """Lumbung's own figures as they are now: loads, rows, checks, deliveries, the release's age, seconds of steps.

    The table leaves out what is 0; --json has it.
    """
    from lumbung import metrics as measuring

    found = measuring.Lake(Home.from_env().make()).figures(datetime.now(UTC))
    if not send:
        rows = [{"metric": one.metric.name, "labels": one.labels, "value": one.value, "unit": one.metric.unit,
                 "meaning": one.metric.meaning} for one in found]
        if not as_json:
            rows = [row for row in rows if row["value"]]
            for row in rows:
                row["labels"] = " ".join(f"{name}={value}" for name, value in row["labels"].items())
                row["value"] = f"{row['value']:,}"
        print_rows(rows, COLUMNS, as_json, "There is nothing to measure yet.")
        return
    url = measuring.collector_url()
    if not url:
        raise UsageError("No collector is configured.", where="LUMBUNG_METRICS_URL",
                         todo="docs/operate/metrics.md says how.")
    if problem := measuring.send(found, url):
        raise LumbungError(problem, where=url, todo="Is it up, and does it take OTLP over HTTP there?")
    say(f"{len(found)} figures sent to {url}")
