"""The `lumbung` command."""

import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from lumbung.commands import backup as backup_commands
from lumbung.commands import conflicts as conflicts_commands
from lumbung.commands import contracts as contracts_commands
from lumbung.commands import deliveries as deliveries_commands
from lumbung.commands import diff as diff_commands
from lumbung.commands import disclosure as disclosure_commands
from lumbung.commands import docs as docs_commands
from lumbung.commands import explain as explain_commands
from lumbung.commands import gates as gates_commands
from lumbung.commands import identity as identity_commands
from lumbung.commands import lineage as lineage_commands
from lumbung.commands import loads as loads_commands
from lumbung.commands import metrics as metrics_commands
from lumbung.commands import outcomes as outcomes_commands
from lumbung.commands import privacy as privacy_commands
from lumbung.commands import quarantine as quarantine_commands
from lumbung.commands import releases as releases_commands
from lumbung.commands import retention as retention_commands
from lumbung.commands import trace as trace_commands
from lumbung.commands.printing import AsJson, err, out, print_json, say, shown
from lumbung.errors import LumbungError
from lumbung.lake.home import PROJECT, Home

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                  help="Lumbung: files that offices send become a ranking that can be followed back to them.")
app.add_typer(loads_commands.app, name="loads")
app.add_typer(quarantine_commands.app, name="quarantine")
app.add_typer(contracts_commands.app, name="contracts")
app.add_typer(conflicts_commands.app, name="conflicts")
app.add_typer(disclosure_commands.app, name="disclosure")
app.add_typer(docs_commands.app, name="docs")
app.add_typer(gates_commands.app, name="check")
app.add_typer(identity_commands.app, name="identity")
app.add_typer(privacy_commands.app, name="privacy")
app.add_typer(releases_commands.app, name="releases")
app.command()(deliveries_commands.alerts)
app.command()(deliveries_commands.deliveries)
app.command()(metrics_commands.metrics)
app.command()(privacy_commands.erase)
app.command()(outcomes_commands.outcomes)
app.command()(explain_commands.explain)
app.command()(trace_commands.trace)
app.command()(lineage_commands.lineage)
app.command()(diff_commands.diff)
app.command()(releases_commands.verify)
app.command()(releases_commands.rebuild)
app.command()(releases_commands.restate)
app.command()(backup_commands.backup)
app.command()(backup_commands.restore)
app.command()(retention_commands.retention)


@app.command()
def run() -> None:
    """Whatever is in the inbox becomes a release (what the DAGs do, without a scheduler)."""
    from lumbung import flow, metrics

    home = Home.from_env()

    def told(batch: dict) -> None:
        out.print(f"  {batch['feed']}: {batch['accepted']} loaded, {batch['rejected']} rejected, {batch['held']} held, "
                  f"{batch['redelivered']} re-delivered · {batch['rows_accepted']:,} rows, "
                  f"{batch['rows_quarantined']:,} quarantined", highlight=False)

    keep = metrics.step_took(home)

    def took(name: str, seconds: float) -> None:
        out.print(f"[dim]{name:14} {seconds:6.1f} s[/dim]")
        keep(name, seconds)

    try:
        outcome = flow.run(home, on_batch=told, on_step=took)
    finally:
        if problem := metrics.send_now(home):
            err.print(f"Warning: metrics were not sent: {shown(problem)}", markup=False)
    if outcome.release_id:
        say(f"Release {outcome.release_id} of {outcome.pinned} loads: {home.releases / 'current'}")
        disclosure_commands.warn(home, outcome.release_id)
    else:
        out.print(f"Nothing changed: no new release ({outcome.pinned} loads).", highlight=False)


@app.command()
def demo(port: Annotated[int, typer.Option(envvar="LUMBUNG_AIRFLOW_PORT", help="Airflow's port.")] = 8080) -> None:
    """Run the samples through a real Airflow; print the ranking, the checks and the paths."""
    from lumbung.scheduling import demo as demonstration

    _stop_on_signals()
    home = Home.from_env()
    release = demonstration.demo(home, out, port=port)
    out.print()
    _print_rank(release, "32", 2024, "2024-09", "ska")
    _print_gates(release)
    say(f"Release: {release.path}")
    for page in sorted((release.path / "internal" / "report").glob("*.html")):
        say(f"Page:    {page}")


@app.command()
def up(port: Annotated[int, typer.Option(envvar="LUMBUNG_AIRFLOW_PORT", help="Airflow's port.")] = 8080) -> None:
    """Start Airflow and keep it up until Ctrl-C."""
    from lumbung.scheduling.local_airflow import running

    _stop_on_signals()
    home = Home.from_env()
    out.print("Starting Airflow …")
    with running(home, port=port) as airflow:
        out.print(f"Airflow is up: {airflow.url}\nLog in as user admin, password {airflow.password}\n"
                  f"Drop files into {home.inbox}/<feed>/<agency>/\nCtrl-C stops it.", highlight=False, soft_wrap=True)
        ended = airflow.wait()
    raise LumbungError(f"Airflow's {ended} ended by itself.", where=str(airflow.log_of_service(ended)),
                       todo="Read the end of that log.")


@app.command()
def rank(
    province: Annotated[str, typer.Option(help="Province code, e.g. 32.")],
    year: Annotated[int, typer.Option(help="The current year; the base is the year before.")],
    through: Annotated[str | None, typer.Option(help="Last month compared, YYYY-MM.")] = None,
    basis: Annotated[str, typer.Option(help="peb (declarations) or ska (certificates of origin).")] = "peb",
    rule: Annotated[str, typer.Option(help="Ranking rule.")] = "headline",
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Internal: the ranks under the other rules, and without the "
                                                        "largest exporter.")] = False,
    as_json: AsJson = False,
) -> None:
    """Which city's exports grew most."""
    from lumbung import publish

    found = publish.release(Home.from_env(), release)
    show = _print_rules if rules else _print_rank
    show(found, province, year, through, basis, rule, as_json)


@app.command()
def report(
    province: Annotated[str, typer.Option(help="Province code, e.g. 32.")],
    year: Annotated[int, typer.Option(help="The current year.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the page.")],
    through: Annotated[str | None, typer.Option(help="Last month compared, YYYY-MM.")] = None,
    basis: Annotated[str | None, typer.Option(help="peb or ska; both when not given.")] = None,
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
) -> None:
    """Write the ranking as one HTML file."""
    from lumbung import publish
    from lumbung.report import write_page

    page = write_page(publish.release(Home.from_env(), release), province, year, out_dir, through=through, basis=basis)
    say(str(page))


@app.command()
def sample(
    rows: Annotated[int, typer.Option(help="About how many PEB items.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for inbox/, gate_faults/ and answer_key/.")],
    fault_rate: Annotated[float, typer.Option(help="Share of faulty documents planted beside the sound ones.")] = 0.0,
) -> None:
    """A made-up inbox (DATA BUATAN) with its answer key."""
    from lumbung.sample import write_sample

    made = write_sample(out_dir, rows=rows, seed=seed, fault_rate=fault_rate)
    say(f"{made['files']} files, {sum(made['rows_by_feed'].values()):,} rows, {made['faults']:,} faults planted: "
        f"{out_dir / 'inbox'}\nWhat should become of them: {out_dir / 'answer_key'}")


@app.command()
def seeds() -> None:
    """Make the reference tables of seeds/ again from the packages that carry them."""
    from lumbung.reference import make_seeds

    for path in make_seeds(PROJECT / "seeds"):
        say(str(path))


def main() -> None:
    """Run the command; errors for people go to stderr, with exit code 1 (data) or 2 (usage)."""
    _tell_alerts()
    try:
        app()
    except LumbungError as error:
        err.print(shown(error.what), style="bold red", highlight=False, markup=False, soft_wrap=True)
        if error.where:
            err.print(shown(f"  where: {error.where}"), highlight=False, markup=False, soft_wrap=True)
        if error.todo:
            err.print(shown(f"  do:    {error.todo}"), highlight=False, markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        err.print("Stopped.")
        sys.exit(130)


def _tell_alerts() -> None:
    """What people are alerted of stands on stderr as a line for them, not as a logger's."""
    line = logging.StreamHandler()
    line.setFormatter(logging.Formatter("alert: %(message)s"))
    logger = logging.getLogger("lumbung.alerts")
    logger.addHandler(line)
    logger.propagate = False


def _print_rank(release, province: str, year: int, through: str | None, basis: str, rule: str = "headline",
                as_json: bool = False) -> None:
    from lumbung import report as reporting

    ranking = reporting.rank(release, province, year, through, basis=basis, rule=rule)
    if as_json:
        print(reporting.as_json(ranking))
    else:
        reporting.print_ranking(ranking, out)


def _print_rules(release, province: str, year: int, through: str | None, basis: str, rule: str, as_json: bool) -> None:
    from lumbung import report as reporting

    ranking = reporting.rank(release, province, year, through, basis=basis, rule=rule)
    cities = reporting.elsewhere(release, ranking)
    if as_json:
        print_json(reporting.as_rows(cities))
    else:
        reporting.print_rules(ranking, cities, out)


def _print_gates(release) -> None:
    for gate in release.manifest["gates"]:
        out.print(f"Gate {gate['step']}: {gate['checks']} checks, {len(gate['failed'])} warnings", highlight=False)
        for check in gate["failed"]:
            out.print(f"  {check['severity']}: {check['table']} {check['expectation']}: {check['reason']}",
                      highlight=False)


def _stop_on_signals() -> None:
    """SIGTERM and SIGHUP end a command as Ctrl-C does, so that what it started is stopped with it.

    Only the first is heard: one that came before the stopping has begun would break it off.
    """
    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(*_):
        for number in heard:
            signal.signal(number, signal.SIG_IGN)
        with suppress(OSError):  # the terminal may be gone
            err.print("Stopping Airflow; a step at work is finished first, up to half a minute …", soft_wrap=True)
        raise KeyboardInterrupt

    for number in heard:
        signal.signal(number, stop)


if __name__ == "__main__":
    main()
