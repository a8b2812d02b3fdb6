"""`lumbung deliveries`: who delivered what, and what is due next. `lumbung alerts`: what people were told of."""

from dataclasses import asdict
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, err, print_rows
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.home import Home

DELIVERIES = ["feed", "agency", "status", "last_period", "next_due", "missing", "source"]
ALERTS = ["at", "kind", "what", "where", "todo"]
LATEST = 20


def deliveries(as_json: AsJson = False) -> None:
    """Feed by feed and agency by agency: the last period that came, what is missing, when the next is due."""
    from lumbung.deliveries import standings, today

    found = standings(Home.from_env().make(), today(), lambda problem: err.print(f"Warning: {problem}", markup=False))
    rows = [{**asdict(one), "missing": [str(x.due_on) for x in one.missing]} for one in found]
    if not as_json:
        for row in rows:
            row["missing"] = f"{len(row['missing'])} since {row['missing'][0]}" if row["missing"] else ""
            row["source"] += " (DATA BUATAN)" if row["is_synthetic"] else ""
    print_rows(rows, DELIVERIES, as_json, "No delivery is due: nobody is expected, and nobody sent twice.")


def alerts(
    test: Annotated[bool, typer.Option("--test", help="Send each channel of LUMBUNG_ALERTS a message.")] = False,
    as_json: AsJson = False,
) -> None:
    """The latest alerts; with --test, whether the channels take a message."""
    from lumbung import alerts as telling

    home = Home.from_env().make()
    if not test:
        print_rows(telling.latest(home, LATEST), ALERTS, as_json, "There was no alert yet.")
        return
    asked = telling.ask_channels(home)
    if not asked:
        raise UsageError("No channel is configured.", where="LUMBUNG_ALERTS", todo="docs/alerts.md says how.")
    print_rows(asked, ["channel", "problem"], as_json, "")
    if failed := [one["channel"] for one in asked if one["problem"]]:
        raise LumbungError(f"{len(failed)} of {len(asked)} channels did not take the message.", where=", ".join(failed),
                           todo="Mend their URLs in LUMBUNG_ALERTS, in this order.")
