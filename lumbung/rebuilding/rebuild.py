"""From a manifest to the same release in another home, and whether the bytes are the same.

What a release is made of is named in its manifest: loads, events of the ledger, events of identity, what people
decided, the key, the code. Of the lake only the bytes as received are taken along; they are typed again.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lumbung import disclosure, flow, identity, lineage, publish, transform
from lumbung.errors import LumbungError
from lumbung.lake import event_log, ledger
from lumbung.lake.durable import write_text
from lumbung.lake.families import root_of
from lumbung.lake.home import Home
from lumbung.rebuilding.requirements import require_landed, require_rebuildable


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild came to. `different` names tables and months whose bytes are others, missing or too many."""

    release_id: str
    into: Path
    loads: int
    files: int
    different: list[str]


def rebuild(home: Home, release_id: str | None, into: Home, *, by_present_code: bool = False,
            on_step: flow.OnStep | None = None) -> Rebuilt:
    """Build a release (the current one without an id) from landing into `into`, which must not be there or be empty.

    Raises LumbungError where it can't be the same: other code or another key than the manifest names, bytes that are
    gone, events that are no longer as they were. Nothing is written before that is known. `by_present_code` builds it
    whatever code it was made by: what today's makes of the same loads and acts.
    """
    release = publish.release(home, release_id)
    if into.root.exists() and any(into.root.iterdir()):
        raise LumbungError("The folder to rebuild into is not empty.", where=str(into.root),
                           todo="Name one that is not there yet.")
    require_rebuildable(home, release, by_present_code=by_present_code)
    events = event_log.named(home, release.manifest["event_log"])
    acts = identity.files_made_of(home, release.manifest["identity"])
    state = ledger.loads(home, events)
    wanted = _with_families(state, [load["load_id"] for load in release.manifest["loads"]])
    require_landed(home, wanted)
    into.make()
    with flow.timed("copy", on_step):
        for path in events:
            _copy(path, into.ledger / path.relative_to(home.ledger))
        for path in [*acts, *(home.identity / "keys").glob("p*")]:
            _copy(path, into.identity / path.relative_to(home.identity))
        for folder in sorted({Path(load.feed) / load.sha256 for load in wanted}):
            shutil.copytree(home.landing / folder, into.landing / folder)
        _hand_over_published(home, into, release.manifest["disclosure"])
    with flow.timed("type", on_step):
        _type(home, into, wanted)
    run_id = f"rebuild-{release.id}"
    _pin(into, run_id, release, flow.code_version())
    with lineage.silent():        # it is the same release, and would tell a lineage server of other tables
        made_id = flow.build_release(into, run_id, on_step=on_step)
    flow.end(into, run_id)
    made = publish.release(into, made_id)
    different = _different(_tables(release), _tables(made))
    if made.id != release.id and not different:
        raise LumbungError(f"Release {release.id} was not built; what came of it is {made.id}.", where=str(made.path),
                           todo="This is a fault of Lumbung: report it with the manifest.")
    return Rebuilt(release.id, made.path, len(release.manifest["loads"]), len(_tables(release)), different)


def _hand_over_published(home: Home, into: Home, known: Mapping) -> None:
    """What the public knew when the release was made (its `disclosure`): what it publishes depends on that."""
    disclosure.hand_over(home, into, known)
    publish.copy_marks(home, into, set(known["earlier"]))


def _with_families(state: dict[str, ledger.Load], load_ids: list[str]) -> list[ledger.Load]:
    """The loads of these ids; of replays also the files whose rows they bring back, which tell which rows waited."""
    wanted = {load_id: state[load_id] for load_id in load_ids if load_id in state}
    roots = {root_of(state, load).load_id for load in wanted.values() if load.parent_load_id}
    for load in state.values():
        if not load.parent_load_id and root_of(state, load).load_id in roots and load.batch_id:
            wanted.setdefault(load.load_id, load)
    return sorted(wanted.values(), key=lambda load: (load.feed, load.load_id))


def _type(home: Home, into: Home, wanted: list[ledger.Load]) -> None:
    """Type the loads again under the batch that the ledger names for each; replays after the files."""
    from lumbung import intake
    from lumbung.contracts import contract_of
    from lumbung.intake.landing import landed_again

    batches: dict[tuple, list] = defaultdict(list)
    for load in wanted:
        version = contract_of(load.feed).version
        if load.contract_version == version:
            batches[bool(load.parent_load_id), load.feed, load.batch_id].append(landed_again(load, version))
        else:         # of a file read under an older contract the replays need what waited of it, and no row of it
            name = f"{load.batch_id}.parquet"
            _copy(home.quarantine / load.feed / name, into.quarantine / load.feed / name)
    for (_, feed, batch_id), landed in sorted(batches.items(), key=lambda item: item[0]):
        intake.type_loads(into, feed, batch_id, landed)


def _pin(into: Home, run_id: str, release: publish.Release, code_version: str) -> None:
    """Write down for the run what the manifest names, and make sure that the ledger says the same."""
    manifest = release.manifest
    since = {(load["feed"], load["agency"], load["sha256"]): load["published_since"] for load in manifest["loads"]
             if load["published_since"] != manifest["run_time"]}
    pinned = transform.pin(into, run_id, since, given=manifest)
    if {(load["load_id"], load["rows_accepted"]) for load in pinned} != {
            (load["load_id"], load["rows"]) for load in manifest["loads"]}:
        raise LumbungError("The ledger does not give the loads that the release was made of.", where=str(into.ledger),
                           todo="This is a fault of Lumbung: report it with the manifest.")
    write_text(into.run(run_id) / "run.json", json.dumps({
        "run_id": run_id, "run_time": manifest["run_time"], "code_version": code_version,
        "disclosure": manifest["disclosure"]}, indent=2))


def _tables(release: publish.Release) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in release.manifest["files"]
            if file["path"].endswith(".parquet") and not file["path"].startswith(publish.OF_QUALITY)}


def _different(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
