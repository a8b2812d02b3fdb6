"""`lumbung retention`: what is kept no longer goes; with --dry-run it is only shown."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_json, print_rows, say
from lumbung.errors import UsageError
from lumbung.lake.home import Home

MEGABYTE = 1_000_000
CALLED = {
    "releases": "unpublished releases", "files": "files that nothing needs, with their rows",
    "readings": "rows of readings that another took the place of",
    "values": "texts of rows in quarantine that were mended",
    "failures": "keys of rows that failed in gates", "runs": "what runs wrote down for themselves",
    "alerts": "what people were told of", "lineage": "lineage events", "logs": "Airflow's logs",
    "scratch": "half-made files"}


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD",
                                              help="With --dry-run: what would go on that day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Remove what is kept no longer (LUMBUNG_KEEP_…_DAYS); what a release, a rebuild or a trace needs always stays."""
    from lumbung import retention as keeping

    if as_of and not dry_run:
        raise UsageError("Things are removed on the day itself.", todo="Give --dry-run with --as-of.")
    home, keep = Home.from_env().make(), keeping.Keep.from_env()
    day = _day(as_of) if as_of else None
    plan = keeping.look(home, keep, day) if dry_run else keeping.carry_out(home, keep)
    if as_json:
        print_json({"as_of": plan.as_of, "dry_run": dry_run, "due": list(map(asdict, plan.due)), "open": plan.open})
        return
    print_rows(_by_kind(plan, keep), ["what", "number", "rows", "megabytes", "oldest", "kept_for"], False,
               f"Nothing is due on {plan.as_of}.")
    if plan.due:
        say(f"This {f'would go on {plan.as_of}' if dry_run else 'is removed'}; --json tells each.")
    for one in plan.open:
        say(f"Open since {one['since']}: {one['rows']:,} rows of {one['agency']} ({one['feed']}). They stay. "
            f"Remind the office: lumbung quarantine export --agency {one['agency']} --out {one['agency']}.xlsx")


def _by_kind(plan, keep) -> list[dict]:
    rows = []
    for kind, called in CALLED.items():
        if mine := [one for one in plan.due if one.kind == kind]:
            rows.append({"what": called, "number": len(mine), "rows": sum(one.rows for one in mine) or "",
                         "megabytes": f"{sum(one.bytes for one in mine) / MEGABYTE:.1f}",
                         "oldest": min(one.since for one in mine), "kept_for": f"{getattr(keep, kind)} days"})
    return rows


def _day(text: str):
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise UsageError(f"{text!r} is no day.", todo="Write it as 2027-01-31.") from None
