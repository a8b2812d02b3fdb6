"""Runs dbt in this process, against the build database of a home."""

import contextlib
import gc
import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest

from lumbung.errors import LumbungError
from lumbung.lake.home import Home
from lumbung.transform import changes
from lumbung.transform.changes import DBT_PROJECT
from lumbung.transform.database import limits, opened
from lumbung.transform.parsing import project_manifest

# Unit tests run by `make test`, not in a run; every check on live data is a gate's.
STAGING = ["build", "--select", "resource_type:seed", "path:models/staging",
           "--exclude-resource-type", "unit_test", "test"]
# The rows of changed documents, and what tells which those are.
JUDGED = ["+int_peb__changed_items", "+int_ska__changed_items"]
CHANGES = ["run", "--select", *JUDGED, "--exclude", "path:models/staging"]
MARTS = ["run", "--select", "path:models/intermediate", "path:models/marts"]
QUALITY = ["run", "--select", "path:models/quality"]


OnNode = Callable[[dict], None]


def dbt(home: Home, run_id: str, step: str, on_node: OnNode | None = None) -> dict[str, float]:
    """Build one layer: `staging` (seeds, views, the rows of changed documents), `marts` (intermediate and marts) or
    `quality` (of what `load_quality` brought).

    Gives the seconds of each node; `on_node` is called for each that dbt came to, also where one failed: `unique_id`,
    `is_built`, `started_at` and `completed_at` (None where it did not begin). Seeds and views are left as they are
    when neither the project, the seeds nor the contracts changed since they were built. Raises LumbungError that names
    the model that failed and what the database said; the database file is closed either way.
    """
    if step not in ("staging", "marts", "quality"):
        raise ValueError(f"no step {step!r}: staging, marts, quality")
    if step == "quality":
        return _seconds(_run(home, QUALITY, on_node=on_node))
    is_whole = changes.is_whole_build(home)
    if step == "staging":
        return _staging(home, on_node) | _seconds(_run(home, CHANGES, is_whole, on_node))
    changes.begin_marts(home)
    # Found anew with all rows where a build between the two steps died.
    selected = MARTS if is_whole else [*MARTS, "--exclude", *JUDGED]
    seconds = _seconds(_run(home, selected, is_whole, on_node))
    changes.end_marts(home, is_whole)
    return seconds


def _staging(home: Home, on_node: OnNode | None) -> dict[str, float]:
    wanted = changes.staging_fingerprint()
    with opened(home) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS control")
        connection.execute("CREATE TABLE IF NOT EXISTS control.staged (fingerprint VARCHAR)")
        if connection.execute("SELECT fingerprint FROM control.staged").fetchall() == [(wanted,)]:
            return {}
        connection.execute("DELETE FROM control.staged")
    seconds = _seconds(_run(home, STAGING, on_node=on_node))
    with opened(home) as connection:
        connection.execute("INSERT INTO control.staged VALUES (?)", [wanted])
    return seconds


def manifest_path(home: Home) -> Path:
    """What dbt knows of its models (grain, month, descriptions), written at each build."""
    return home.build / "dbt" / "manifest.json"


def parse(home: Home) -> dict:
    """dbt's manifest of the project as it stands; nothing is built."""
    _project_manifest(home)
    return json.loads(manifest_path(home).read_text(encoding="utf-8"))


def documentation(home: Home) -> Path:
    """dbt's documentation of the build database as one HTML page that needs nothing beside it."""
    _invoke(home, ["docs", "generate", "--static"])
    folder = manifest_path(home).parent
    (folder / "index.html").unlink()         # the same without the data: it would have to be served
    return folder / "static_index.html"


def unit_tests(home: Home) -> dict[str, str]:
    """Run dbt's unit tests of the models (name -> status). The tables they mock must have been built once."""
    result = _invoke(home, ["test", "--select", "test_type:unit"])
    return {r.node.name: str(r.status) for r in result.result}


def _seconds(result: dbtRunnerResult) -> dict[str, float]:
    return {r.node.name: round(r.execution_time, 3) for r in result.result}


def _run(home: Home, arguments: list[str], is_whole: bool = False,
         on_node: OnNode | None = None) -> dbtRunnerResult:
    """Build what the arguments select, by the project as this process has read it."""
    # The manifest that dbt would write after the models too is there.
    fixed = ["--no-write-json", *(["--full-refresh"] if is_whole else [])]
    return _invoke(home, [*arguments, *fixed], _project_manifest(home), on_node)


def _project_manifest(home: Home) -> Manifest:
    return project_manifest(manifest_path(home), lambda: _invoke(home, ["parse"]).result)


def _invoke(home: Home, arguments: list[str], manifest: Manifest | None = None,
            on_node: OnNode | None = None) -> dbtRunnerResult:
    # Always the same arguments: a changed one makes dbt parse the whole project again.
    fixed = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT),
             "--target-path", str(manifest_path(home).parent), "--log-path", str(home.build / "logs"),
             "--no-use-colors", "--log-level", "none", "--no-version-check", "--no-send-anonymous-usage-stats"]
    try:
        # A connection held meanwhile spares dbt from opening and closing the file at every model. It also says where to
        # spill: dbt would say it again at every model, and DuckDB refuses that once it has spilled.
        with opened(home), _environment(home), contextlib.redirect_stdout(io.StringIO()):
            result = dbtRunner(manifest).invoke([*arguments, *fixed])
    finally:
        # dbt keeps its adapter, and with it perhaps a handle on the file, until the next invocation.
        reset_adapters()
        gc.collect()
    if on_node:
        for one in getattr(result.result, "results", None) or []:
            on_node(_told(one))
    if not result.success:
        raise _problem(home, arguments[0], result)
    return result


def _told(result) -> dict:
    started, completed = ([_utc(at) for timing in result.timing if (at := getattr(timing, end))]
                          for end in ("started_at", "completed_at"))
    return {"unique_id": result.node.unique_id, "is_built": str(result.status) == "success",
            "started_at": min(started, default=None), "completed_at": max(completed, default=None)}


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@contextlib.contextmanager
def _environment(home: Home) -> Iterator[None]:
    settings = limits(home)
    wanted = {
        "LUMBUNG_BUILD_DATABASE": str(home.build_database), "LUMBUNG_MEMORY_LIMIT": settings["memory_limit"],
        "LUMBUNG_THREADS": settings["threads"], "DO_NOT_TRACK": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _problem(home: Home, command: str, result: dbtRunnerResult) -> LumbungError:
    log = home.build / "logs" / "dbt.log"
    failed = [r for r in getattr(result.result, "results", None) or [] if str(r.status) in ("error", "fail")]
    if failed:
        what = "; ".join(f"{r.node.name}: {' '.join(str(r.message).split())}" for r in failed)
        return LumbungError(f"dbt {command} failed at {what}", where=_where(failed[0].node),
                            todo=f"Mend the model or the data; the whole story is in {log}.")
    return LumbungError(f"dbt {command} could not run: {' '.join(str(result.exception).split())}",
                        where=str(DBT_PROJECT), todo=f"See {log}.")


def _where(node) -> str:
    return str(Path("dbt_project") / node.original_file_path)
