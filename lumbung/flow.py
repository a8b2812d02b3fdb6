"""The way of the data, step by step: what the DAGs' tasks and `lumbung run` both call.

The rooms are imported where they are used: Great Expectations and dbt take seconds to import, and an Airflow task
is a process that needs one of them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbung import __version__
from lumbung.contracts import contract_of, contracts
from lumbung.contracts.files import own_files
from lumbung.errors import LumbungError
from lumbung.lake import accepted, lease, ledger, restatements
from lumbung.lake.durable import write_text
from lumbung.lake.home import PROJECT, Home

OnStep = Callable[[str, float], None]
CODE = {".py", ".sql", ".yml", ".yaml", ".csv", ".json", ".html", ".css"}


@dataclass(frozen=True)
class Outcome:
    """What a run came to. `release_id` is None when the current release already says all there is to say."""

    run_id: str
    batches: list[dict]
    pinned: int
    release_id: str | None


def run(home: Home, *, on_step: OnStep | None = None, on_batch: Callable[[dict], None] | None = None) -> Outcome:
    """Take in whatever is in the inbox and make a release of it, as the DAGs do, without a scheduler.

    Raises LeaseHeld when another run is writing, GateFailed when a critical check failed, LumbungError else: when a
    batch could not be taken in, after the others have become a release.
    """
    from lumbung import alerts, intake

    home.make()
    started = datetime.now(UTC)
    run_id = f"run-{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    feeds = list(contracts())
    batches, broken = [], []
    with alerts.handed_over_later(home):         # a mail server may be slow, and others wait for the lease
        try:
            with lease.step(home, run_id, wait_seconds=5):
                time.sleep(intake.waiting(home, feeds))
                for batch in intake.plan(home, feeds):
                    try:
                        batches.append(take_in(home, batch, on_step=on_step))
                    except LumbungError as problem:
                        broken.append(problem)       # told at the end: the other batches go on, as under Airflow
                        continue
                    if on_batch:
                        on_batch(batches[-1])
            pinned, release_id = release(home, run_id, started, on_step=on_step)
        finally:
            lease.release(home, run_id)
    if broken:
        raise broken[0]
    return Outcome(run_id, batches, pinned, release_id)


def release(home: Home, run_id: str, started: datetime, *, on_step: OnStep | None = None) -> tuple[int, str | None]:
    """Make a release of the loads there are, as `warehouse` does. Gives how many are pinned and the release's id, None
    where the current one says it all. The lease stays with the run: `end` gives it back."""
    with timed("pin", on_step):
        pinned = pin(home, run_id, started)
    return pinned, None if is_released(home, run_id) else build_release(home, run_id, on_step=on_step)


def build_release(home: Home, run_id: str, *, on_step: OnStep | None = None) -> str | None:
    """Make a release of what a run has pinned. Gives its id, None where nothing changed."""
    with timed("resolve", on_step):
        resolve(home, run_id)
    build_staging(home, run_id, on_step=on_step)
    with timed("gate_staging", on_step):
        gate(home, run_id, "staging")
    with timed("dbt_marts", on_step):
        build_marts(home, run_id)
    with timed("gate_marts", on_step):
        gate(home, run_id, "marts")
    with timed("dbt_quality", on_step):
        build_quality(home, run_id)
    with timed("publish", on_step):
        return publish(home, run_id)


def plan_intake(home: Home, dag: str) -> list[dict]:
    """The batches of whole files that wait for one intake DAG, as plain values."""
    from lumbung import intake
    from lumbung.contracts import feeds_of_dag

    home.make()
    return [batch.as_dict() for batch in intake.plan(home, feeds_of_dag(dag))]


def take_in(home: Home, batch, *, on_step: OnStep | None = None) -> dict:
    """Land, type and judge one batch of files. Takes no lease: no load waits for another.

    `batch` is a Batch or what `plan_intake` gave. Returns the summary of `intake.judge`. Raises LumbungError when a
    load needs a person first, after the others have their verdict.
    """
    from lumbung import alerts, intake

    batch = intake.Batch.from_dict(batch) if isinstance(batch, dict) else batch
    with timed("land", on_step):
        landed = intake.land(home, batch)
    if not landed:
        alerts.taken_in(home)        # what the attempt before this one held, and died before it told
        return intake.nothing_new(batch)
    with timed("type", on_step):
        parts, broken = intake.type_apart(home, batch.feed, batch.batch_id, landed)
    with timed("gate_raw", on_step):
        judged = [intake.judge(home, typed, _raw_verdicts(home, typed)) for typed in parts]
    alerts.taken_in(home)
    if broken:
        raise broken[0]
    return intake.summed(judged)


def accepted_since(home: Home, dag: str, moment: datetime) -> int:
    """How many loads of an intake DAG were accepted since then, whatever became of the task that took them in."""
    from lumbung.contracts import feeds_of_dag

    feeds, since = set(feeds_of_dag(dag)), moment.astimezone(UTC).isoformat(timespec="microseconds")
    return len({event.load_id for event in ledger.events(home)
                if event.event == "accepted" and event.feed in feeds and event.at >= since})


def _raw_verdicts(home: Home, typed) -> dict[str, str]:
    if not typed.has_rows:
        return {}
    from lumbung import alerts, gates

    result = gates.check_raw(
        home, typed.feed, typed.batch_id, typed.profile_path, typed.raw_path, contract_of(typed.feed))
    gates.history.record(home, typed.batch_id, datetime.now(UTC), result)
    alerts.judged(home, typed.batch_id, result)
    verdicts: dict[str, str] = {}
    for check in result.checks:
        if check.severity == "critical" and not check.success:
            for load_id in check.load_ids:
                verdicts.setdefault(load_id, f"{check.reason} ({check.expectation})")
    return verdicts


def pin(home: Home, run_id: str, run_time: datetime, *, wait_seconds: float = 0) -> int:
    """Write down the loads this run takes; every later step reads exactly these. Returns how many."""
    from lumbung import publish as publishing
    from lumbung import transform

    with lease.step(home, run_id, wait_seconds=wait_seconds):
        now = publishing.current(home)
        if now:              # a run that died between its release and this has not said so yet
            restatements.settle(home, _ids(now.manifest.get("restatements", [])), now.id)
        pinned = transform.pin(home, run_id, publishing.published_since(now))
        write_text(home.run(run_id) / "run.json", json.dumps({
            "run_id": run_id, "run_time": run_time.astimezone(UTC).isoformat(timespec="seconds"),
            "code_version": code_version()}, indent=2))
    return len(pinned)


def is_released(home: Home, run_id: str) -> bool:
    """Whether the current release was made of just the loads and decisions this run goes by, by the same code.

    Where nothing was ever loaded there is nothing to release either.
    """
    from lumbung import disclosure, identity, transform
    from lumbung import publish as publishing

    now, pinned = publishing.current(home), {
        (load["load_id"], load["rows_accepted"]) for load in transform.pin(home, run_id)}
    if not now:
        return not pinned
    return (not transform.pinned_restatements(home, run_id)
            and now.manifest["code_version"] == _run_file(home, run_id)["code_version"]
            and now.manifest.get("decisions", []) == transform.pinned_decisions(home, run_id)
            and now.manifest.get("nil_returns", []) == transform.pinned_nil_returns(home, run_id)
            and (accepted.alike(now.manifest.get("acceptances", []))
                 == accepted.alike(transform.pinned_acceptances(home, run_id)))
            and now.manifest.get("identity") == identity.standing(home)
            and publishing.is_public_by(now, disclosure.PublicTree.of(home).standing)
            and {(load["load_id"], load["rows"]) for load in now.manifest["loads"]} == pinned)


def resolve(home: Home, run_id: str) -> dict:
    """Find which parties of the pinned loads are the same business. Returns counts: parties, businesses, open_pairs.

    Written once a run, beside its pin: a second call leaves what is there.
    """
    from lumbung import identity, transform

    told = home.run(run_id) / "identity.json"
    if not told.is_file():
        with lease.step(home, run_id):
            counts = identity.resolve(home, run_id, transform.pin(home, run_id), transform.parties_path(home, run_id))
            write_text(told, json.dumps(counts, indent=2))
    return json.loads(told.read_text())


def estimate_identity(home: Home, out: Path | None = None) -> dict:
    """Estimate the model of identity anew from all loads that count, into a file beside the one in force or `out`.

    Returns records, pairs, words (counts) and out.
    """
    from lumbung import identity, transform

    run_id = f"estimate-{uuid.uuid4().hex[:6]}"
    try:
        with lease.step(home, run_id):
            return identity.estimate(home, transform.pin(home, run_id), out)
    finally:
        shutil.rmtree(home.run(run_id), ignore_errors=True)
        lease.release(home, run_id)


def build_staging(home: Home, run_id: str, *, on_step: OnStep | None = None) -> None:
    """Bring the pinned loads into the build database and build staging over them."""
    from lumbung import transform

    with lease.step(home, run_id):
        with timed("append", on_step):
            transform.append(home, run_id)
        with timed("dbt_staging", on_step):
            transform.dbt(home, run_id, "staging")


def build_marts(home: Home, run_id: str) -> None:
    """Build the star and the marts, and bring beside them what gate marts compares them with."""
    from lumbung import publish as publishing
    from lumbung import transform

    with lease.step(home, run_id):
        now = publishing.current(home)
        transform.bring_previous(home, now.id if now else "", now.path if now else None)
        transform.dbt(home, run_id, "marts")


def build_quality(home: Home, run_id: str) -> None:
    """Build the marts of quality: what all gates up to now found, what was due and came, the agencies' scorecards."""
    from lumbung import alerts, deliveries, transform

    run_date = deliveries.day_of(_run_file(home, run_id)["run_time"])
    with lease.step(home, run_id):
        found = deliveries.deliveries(home, run_date, lambda problem: alerts.unread(home, problem))
        transform.load_quality(home, run_id, run_date, map(asdict, found))
        transform.dbt(home, run_id, "quality")


def gate(home: Home, run_id: str, step: str) -> dict:
    """Check what a step built; what was found stays in the lake, and people are told, whatever it is.

    Raises GateFailed at a critical failure; returns the result as plain values.
    """
    from lumbung import alerts, gates, transform

    acts = transform.pinned_acceptances(home, run_id)
    with lease.step(home, run_id):
        result = gates.check(home, run_id, step, accepted=acts, again=no_longer_accepted(home, acts))
        gates.history.record(home, run_id, datetime.fromisoformat(_run_file(home, run_id)["run_time"]), result)
    alerts.judged(home, run_id, result)
    gates.require(result, home, run_id)
    return result.as_dict()


def no_longer_accepted(home: Home, acts: list[dict]) -> set[tuple[str, str, str]]:
    """Table, check and load of which the current release rests on acceptances that are not among these."""
    from lumbung import publish as publishing

    now = publishing.current(home)
    before = accepted.alike(now.manifest.get("acceptances", [])) if now else []
    return {(table, check, load_id) for table, check, load_id, *_ in set(before) - set(accepted.alike(acts))}


def publish(home: Home, run_id: str) -> str | None:
    """Make a release of the marts and switch `current` to it. Returns its id, or None when nothing changed."""
    from lumbung import disclosure, report, transform
    from lumbung import publish as publishing

    run_file = _run_file(home, run_id)
    public = (disclosure.PublicTree.as_recorded(home, run_file["disclosure"]) if run_file.get("disclosure")
              else disclosure.PublicTree.of(home))
    with lease.step(home, run_id):
        release = publishing.publish(
            home, run_id, pinned=transform.pin(home, run_id), decisions=transform.pinned_decisions(home, run_id),
            identity=resolve(home, run_id)["made_of"], gates=_gates(home, run_id), stated=_stated(home, run_id),
            changed_months=transform.changed_months(home, _current_id(home)),
            code_version=run_file["code_version"], run_time=datetime.fromisoformat(run_file["run_time"]),
            dbt_manifest=transform.manifest_path(home), pages=report.write_pages,
            public=public)
        transform.settle(home, _current_id(home))
        restatements.settle(home, _ids(transform.pinned_restatements(home, run_id)), release.id if release else None)
    return release.id if release else None


def disclosure_warnings(home: Home, release_id: str) -> list[str]:
    """What the officer must be told of a release's public tables, and of what earlier ones gave away; for insiders."""
    from lumbung import disclosure
    from lumbung import publish as publishing

    return disclosure.decisions(publishing.release(home, release_id))["warnings"]


def _stated(home: Home, run_id: str) -> dict:
    """What a manifest says of a run beside its loads: the ledger, the key, nil returns, acceptances, restatements."""
    from lumbung import transform
    from lumbung.privacy import keys

    return {"event_log": transform.pinned_log(home, run_id),
            "key": {"versions": transform.key_versions(home, run_id), "is_demo": keys.is_demo()},
            "nil_returns": transform.pinned_nil_returns(home, run_id),
            "acceptances": transform.pinned_acceptances(home, run_id),
            "restatements": transform.pinned_restatements(home, run_id)}


def _ids(restated: list[dict]) -> list[str]:
    return [one["restatement_id"] for one in restated]


def _current_id(home: Home) -> str | None:
    from lumbung import publish as publishing

    now = publishing.current(home)
    return now.id if now else None


def end(home: Home, run_id: str) -> None:
    """Give back the lease of a run, however it ended."""
    lease.release(home, run_id)


def code_version() -> str:
    """The version that makes a release: the package's, the git commit where there is one, a hash of the code.

    The hash covers all that decides the figures, the office's own contracts too, so that an edit is another version.
    """
    try:
        commit = subprocess.run(["git", "-C", str(PROJECT), "rev-parse", "--short=12", "HEAD"],
                                capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = os.environ.get("LUMBUNG_COMMIT", "")[:12] or "nogit"     # an image has no history, it is told
    digest = hashlib.sha256()
    for folder in ("lumbung", "dbt_project", "seeds", "expectations"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in CODE and "target" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    for path in own_files():
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return f"{__version__}+{commit}.{digest.hexdigest()[:8]}"


def _gates(home: Home, run_id: str) -> list[dict]:
    """What was found on the way to this run's marts: at its loads' own gate, at staging, at marts."""
    from lumbung import transform

    batches = sorted({load["batch_id"] for load in transform.pin(home, run_id)})
    paths = [home.build / "gates" / "raw" / f"{batch}.json" for batch in batches]
    paths += [home.run(run_id) / "gates" / f"{step}.json" for step in ("staging", "marts")]
    return [json.loads(path.read_text()) for path in paths if path.is_file()]


def _run_file(home: Home, run_id: str) -> dict:
    return json.loads((home.run(run_id) / "run.json").read_text())


@contextmanager
def timed(name: str, on_step: OnStep | None) -> Iterator[None]:
    """Tell `on_step` how long a step took, in seconds."""
    started = time.perf_counter()
    yield
    if on_step:
        on_step(name, time.perf_counter() - started)
