"""From pinned loads to a release, one step after the other; each takes the lease for itself."""

import json
import shutil
import uuid
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

from lumbung import lineage
from lumbung.contracts import contracts
from lumbung.flow.pinning import is_released, pin, restated_ids, run_file
from lumbung.flow.steps import OnStep, timed
from lumbung.lake import accepted, lease, restatements
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home


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


def resolve(home: Home, run_id: str) -> dict:
    """Find which parties of the pinned loads are the same business. Returns counts: parties, businesses, open_pairs.

    Written once a run, beside its pin: a second call leaves what is there.
    """
    from lumbung import identity, transform

    told = home.run(run_id) / "identity.json"
    if not told.is_file():
        with lineage.step(home, "resolve", run_id) as step, lease.step(home, run_id):
            pinned = transform.pin(home, run_id)
            counts = identity.resolve(home, run_id, pinned, transform.parties_path(home, run_id))
            write_text(told, json.dumps(counts, indent=2))
            step.add("of_loads.resolved", pinned, contracts(), counts["parties"])
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

    with lineage.step(home, "dbt_staging", run_id) as step, lease.step(home, run_id):
        with timed("append", on_step):
            transform.append(home, run_id)
            step.within("of_loads.appended", transform.pin(home, run_id), partial(transform.shapes, home), contracts())
        with timed("dbt_staging", on_step):
            _dbt(home, run_id, step, "staging")


def build_marts(home: Home, run_id: str) -> None:
    """Build the star and the marts, and bring beside them what gate marts compares them with."""
    from lumbung import publish as publishing
    from lumbung import transform

    with lineage.step(home, "dbt_marts", run_id) as step, lease.step(home, run_id):
        now = publishing.current(home)
        transform.bring_previous(home, now.id if now else "", now.path if now else None)
        _dbt(home, run_id, step, "marts")


def build_quality(home: Home, run_id: str) -> None:
    """Build the marts of quality: what all gates up to now found, what was due and came, the agencies' scorecards."""
    from lumbung import alerts, deliveries, transform

    run_date = deliveries.day_of(run_file(home, run_id)["run_time"])
    with lineage.step(home, "dbt_quality", run_id) as step, lease.step(home, run_id):
        found = deliveries.deliveries(home, run_date, lambda problem: alerts.unread(home, problem))
        transform.load_quality(home, run_id, run_date, map(asdict, found))
        _dbt(home, run_id, step, "quality")


def _dbt(home: Home, run_id: str, step: lineage.Step, layer: str) -> None:
    """Build a layer, and tell of each model what it was made of, also when one fails."""
    from lumbung import transform

    nodes: list[dict] = []
    try:
        transform.dbt(home, run_id, layer, nodes.append)
    finally:
        step.within("of_models.built", transform.manifest_path(home), nodes, partial(transform.shapes, home),
                    ("seeds", "staging") if layer == "staging" else ())


def gate(home: Home, run_id: str, step: str) -> dict:
    """Check what a step built; what was found stays in the lake, and people are told, whatever it is.

    Raises GateFailed at a critical failure; returns the result as plain values.
    """
    from lumbung import alerts, gates, transform

    acts = transform.pinned_acceptances(home, run_id)
    with lineage.step(home, f"gate_{step}", run_id) as told:
        with lease.step(home, run_id):
            result = gates.check(home, run_id, step, accepted=acts, again=no_longer_accepted(home, acts))
            gates.history.record(home, run_id, datetime.fromisoformat(run_file(home, run_id)["run_time"]), result)
        told.add("of_gates.gated", result.checks)
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

    told = run_file(home, run_id)
    public = (disclosure.PublicTree.as_recorded(home, told["disclosure"]) if told.get("disclosure")
              else disclosure.PublicTree.of(home))
    with lineage.step(home, "publish", run_id) as step, lease.step(home, run_id):
        release = publishing.publish(
            home, run_id, pinned=transform.pin(home, run_id), decisions=transform.pinned_decisions(home, run_id),
            identity=resolve(home, run_id)["made_of"], gates=_gates(home, run_id), stated=_stated(home, run_id),
            changed_months=transform.changed_months(home, _current_id(home)),
            code_version=told["code_version"], run_time=datetime.fromisoformat(told["run_time"]),
            dbt_manifest=transform.manifest_path(home), pages=report.write_pages,
            public=public)
        transform.settle(home, _current_id(home))
        restatements.settle(home, restated_ids(transform.pinned_restatements(home, run_id)),
                            release.id if release else None)
        if release:
            step.within("of_releases.published", release.manifest)
    return release.id if release else None


def disclosure_warnings(home: Home, release_id: str) -> list[str]:
    """What the officer must be told of a release's public tables, and of what earlier ones gave away; for insiders."""
    from lumbung import disclosure
    from lumbung import publish as publishing

    return disclosure.decisions(publishing.release(home, release_id))["warnings"]


def end(home: Home, run_id: str) -> None:
    """Give back the lease of a run, however it ended."""
    lease.release(home, run_id)


def _stated(home: Home, run_id: str) -> dict:
    """What a manifest says of a run beside its loads: the ledger, the key, nil returns, acceptances, restatements."""
    from lumbung import transform
    from lumbung.privacy import keys

    return {"event_log": transform.pinned_log(home, run_id),
            "key": {"versions": transform.key_versions(home, run_id), "is_demo": keys.is_demo()},
            "nil_returns": transform.pinned_nil_returns(home, run_id),
            "acceptances": transform.pinned_acceptances(home, run_id),
            "restatements": transform.pinned_restatements(home, run_id)}


def _gates(home: Home, run_id: str) -> list[dict]:
    """What was found on the way to this run's marts: at its loads' own gate, at staging, at marts."""
    from lumbung import transform

    batches = sorted({load["batch_id"] for load in transform.pin(home, run_id)})
    paths = [home.build / "gates" / "raw" / f"{batch}.json" for batch in batches]
    paths += [home.run(run_id) / "gates" / f"{step}.json" for step in ("staging", "marts")]
    return [json.loads(path.read_text()) for path in paths if path.is_file()]


def _current_id(home: Home) -> str | None:
    from lumbung import publish as publishing

    now = publishing.current(home)
    return now.id if now else None
