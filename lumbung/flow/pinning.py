"""What a warehouse run goes by, written down before anything is read."""

import json
from datetime import UTC, datetime

from lumbung import lineage
from lumbung.flow.versions import code_version
from lumbung.lake import accepted, lease, restatements
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home


def pin(home: Home, run_id: str, run_time: datetime, *, wait_seconds: float = 0) -> int:
    """Write down the loads this run takes; every later step reads exactly these. Returns how many."""
    from lumbung import publish as publishing
    from lumbung import transform

    with lineage.step(home, "pin", run_id), lease.step(home, run_id, wait_seconds=wait_seconds):
        now = publishing.current(home)
        if now:              # a run that died between its release and this has not said so yet
            restatements.settle(home, restated_ids(now.manifest.get("restatements", [])), now.id)
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
            and now.manifest["code_version"] == run_file(home, run_id)["code_version"]
            and now.manifest.get("decisions", []) == transform.pinned_decisions(home, run_id)
            and now.manifest.get("nil_returns", []) == transform.pinned_nil_returns(home, run_id)
            and (accepted.alike(now.manifest.get("acceptances", []))
                 == accepted.alike(transform.pinned_acceptances(home, run_id)))
            and now.manifest.get("identity") == identity.standing(home)
            and publishing.is_public_by(now, disclosure.PublicTree.of(home).standing)
            and {(load["load_id"], load["rows"]) for load in now.manifest["loads"]} == pinned)


def run_file(home: Home, run_id: str) -> dict:
    """What a run wrote down when it pinned its loads: `run_id`, `run_time`, `code_version`."""
    return json.loads((home.run(run_id) / "run.json").read_text())


def restated_ids(restated: list[dict]) -> list[str]:
    """The ids of restatements as a run pins them or a manifest tells them."""
    return [one["restatement_id"] for one in restated]
