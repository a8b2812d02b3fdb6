"""What a gate says to people: which check failed, which rows and loads, where to look and what to do."""

from lumbung.errors import GateFailed
from lumbung.gates.failing import as_text
from lumbung.gates.result import CheckResult, GateResult
from lumbung.lake import ledger
from lumbung.lake.home import Home

NAMED_CHECKS, NAMED_LOADS, NAMED_KEYS = 5, 5, 3


def require(result: GateResult, home: Home | None = None, run_id: str = "") -> None:
    """Let a gate's result through, or raise GateFailed.

    The message names check, table, count, first keys, loads, where to look and what to do. With `home` it names the
    files of the loads, with the `run_id` of a run that is kept also the command that lists all failing rows.
    """
    failures = result.failures
    if not failures:
        return
    files = file_names(home) if home else {}
    lines = [f"Gate {result.step} stopped the run: {len(failures)} critical "
             f"{'check' if len(failures) == 1 else 'checks'} failed."]
    for check in failures[:NAMED_CHECKS]:
        lines += _told(check, result.step, home, files)
    if len(failures) > NAMED_CHECKS:
        lines.append(f"and {len(failures) - NAMED_CHECKS} more checks")
    if run_id:
        lines.append(f"All failing rows: lumbung check failures --run {run_id}")
    raise GateFailed("\n".join(lines), where=", ".join(dict.fromkeys(c.table for c in failures)), todo=_todo(failures))


def file_names(home: Home) -> dict[str, str]:
    """Load id -> feed, agency and file name of every load."""
    return {load.load_id: f"{load.feed}/{load.agency}/{load.file_name}" for load in ledger.loads(home).values()}


def headline(check: CheckResult) -> str:
    """One line: table, check, what was found and why that matters."""
    found = "" if check.unexpected_count is None else \
        f", {check.unexpected_count:,} {'row' if check.unexpected_count == 1 else 'rows'}"
    if check.observed is not None:
        found += f", found {check.observed}"
    return f"{check.table}: {check.expectation}{found}: {check.reason}"


def first_keys(check: CheckResult) -> str:
    """The keys of the first rows; empty where it failed as a whole. A file that is no workbook has no sheet."""
    named = [" ".join(f"{name}={value}" for name, value in key.items() if value != "")
             for key in check.unexpected_keys[:NAMED_KEYS]]
    more = (check.unexpected_count or 0) - len(named)
    return "; ".join(named) + (f"; and {more:,} more" if named and more > 0 else "")


def named_loads(check: CheckResult, files: dict[str, str]) -> str:
    """The first loads behind it with their files."""
    named = [f"{load} ({files[load]})" if load in files else load for load in check.load_ids[:NAMED_LOADS]]
    more = len(check.load_ids) - len(named)
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def query_to_paste(check: CheckResult, step: str, home: Home) -> str:
    """SQL that shows the failing rows in `duckdb -readonly …/build/warehouse.duckdb`; empty where there is none.

    Rows of gate raw are read from the lake. Profiles of loads are not kept, so for these there is no query.
    """
    if step != "raw" or not check.query:
        return check.query
    if "raw.load_profile" in check.query:
        return ""
    feed = check.suite.removeprefix("raw.")
    rows = f"read_parquet({as_text(home.raw / feed / '*.parquet')}, union_by_name = true)"
    return check.query.replace("raw.accepted", rows).replace(f"raw.{feed}", rows)


def _told(check: CheckResult, step: str, home: Home | None, files: dict[str, str]) -> list[str]:
    told = {"rows": first_keys(check), "loads": named_loads(check, files),
            "query": query_to_paste(check, step, home) if home else check.query}
    return [f"- {headline(check)}", *(f"  {name}: {said}" for name, said in told.items() if said)]


def _todo(failures: list[CheckResult]) -> str:
    """A line to paste for each load: the first check that names it is the reason that is written down."""
    behind: dict[str, str] = {}
    for check in failures:
        for load_id in check.load_ids:
            behind.setdefault(load_id, check.expectation)
    if not behind:
        return "No single load is behind it: look at the tables named, or at the models that make them."
    lines = [f'lumbung loads withdraw {load_id} --reason "{name}"' for load_id, name in sorted(behind.items())]
    more = [f"and {len(lines) - NAMED_LOADS} more loads"] if len(lines) > NAMED_LOADS else []
    return "\n".join(["Mend the rows at the source and send them again, or take the loads out so that the others can "
                      "go on:", *lines[:NAMED_LOADS], *more, *_or_accept(failures), "lumbung run"])


def accept_commands(failures: list[CheckResult]) -> list[str]:
    """A line to paste for each load at each check of judgement that stopped."""
    return [f'lumbung check accept {check.expectation} --table {check.suite.partition(".")[2]} --load {load_id} '
            '--reason "…"' for check in failures if check.may_be_accepted for load_id in check.load_ids]


def _or_accept(failures: list[CheckResult]) -> list[str]:
    lines = accept_commands(failures)
    if not lines:
        return []
    who = " or ".join(sorted({check.may_be_accepted for check in failures if check.may_be_accepted}))
    more = [f"and {len(lines) - NAMED_LOADS} more"] if len(lines) > NAMED_LOADS else []
    return [f"Where the agency says that the rows are right as they are, a {who} may accept them instead:",
            *lines[:NAMED_LOADS], *more]
