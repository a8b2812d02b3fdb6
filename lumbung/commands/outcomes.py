"""`lumbung outcomes`: how many of a programme's members are seen exporting, against those waiting."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, out, print_json
from lumbung.errors import UsageError
from lumbung.lake.home import Home


def outcomes(
    programme: Annotated[str | None, typer.Option(help="Only this programme's members (its code).")] = None,
    office: Annotated[str | None, typer.Option(help="Only those of this office, e.g. disdagin-depok.")] = None,
    funding_source: Annotated[str | None, typer.Option(help="Only those whom this source paid for.")] = None,
    sector: Annotated[str | None, typer.Option(help="Only this sector: pangan, kerajinan, aneka.")] = None,
    region: Annotated[str | None, typer.Option(help="Only this kota or kabupaten, e.g. 32.76.")] = None,
    cohort: Annotated[str, typer.Option(help="Year of training, enrolment or listing; or all.")] = "all",
    arm: Annotated[str, typer.Option(help="trained, enrolled or waiting.")] = "trained",
    months: Annotated[int, typer.Option(help="Months after enrolment (listing): 6, 12 or 24.")] = 12,
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
    as_json: AsJson = False,
) -> None:
    """What training led to: who is seen exporting afterwards, between which bounds. An association, not an effect."""
    from lumbung import publish, report

    asked = [(breakdown, code) for breakdown, code in (
        ("programme", programme), ("office", office), ("funding_source", funding_source), ("sector", sector),
        ("region", region)) if code is not None]
    if len(asked) > 1:
        raise UsageError("Members are counted by one thing at a time.",
                         todo="Give one of --programme, --office, --funding-source, --sector, --region; the crossings "
                              "are in fct_programme_enrolment.")
    breakdown, code = asked[0] if asked else ("all", "all")
    found = report.outcomes(publish.release(Home.from_env(), release), breakdown, code, cohort, arm, months)
    if as_json:
        print_json(report.outcome_rows(found))
    else:
        report.print_outcomes(found, out)
