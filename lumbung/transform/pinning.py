"""The pin: which loads one warehouse run takes, written down before anything is read."""

import json
from collections.abc import Mapping
from pathlib import Path

from lumbung import privacy
from lumbung.errors import LumbungError
from lumbung.lake import accepted, decisions, event_log, families, ledger, nil_returns, restatements
from lumbung.lake.asking import rows_of
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

# Column and type in control.loads, in this order in every pinned load.
COLUMNS = {
    "load_id": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR", "file_name": "VARCHAR", "sha256": "VARCHAR",
    "contract_version": "VARCHAR", "bytes": "BIGINT", "batch_id": "VARCHAR", "rows_read": "BIGINT",
    "rows_skipped": "BIGINT", "rows_accepted": "BIGINT", "rows_quarantined": "BIGINT",
    "published_since": "VARCHAR"}
# The same of control.other_loads: files with a verdict that a run leaves out, so that their rows are accounted for.
OTHER = {
    "load_id": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR", "file_name": "VARCHAR", "status": "VARCHAR",
    "rows_read": "BIGINT", "rows_skipped": "BIGINT", "rows_accepted": "BIGINT", "rows_quarantined": "BIGINT"}
DECISIONS = {"feed": "VARCHAR", "conflict_key": "VARCHAR", "agency": "VARCHAR", "sha256": "VARCHAR",
             "is_chosen": "BOOLEAN"}
# Months for which an agency had nothing to send, as people wrote it down.
NIL_RETURNS = {"feed": "VARCHAR", "agency": "VARCHAR", "month": "DATE"}
# Which business each party is, as `lumbung.identity` resolved it for the run; no personal value among them.
PARTIES = {"party_key": "VARCHAR", "ikm_id": "VARCHAR", "resolved_by": "VARCHAR", "is_identified": "BOOLEAN",
           "has_open_review": "BOOLEAN"}
ORDER = ("feed", "agency", "load_id")


def pin(home: Home, run_id: str, published: Mapping[tuple[str, str, str], str] | None = None,
        given: Mapping[str, list[dict]] | None = None) -> list[dict]:
    """The loads of a run: all that count (`families.counts`), by feed, agency and load id, a dict of COLUMNS each.

    `published` says since when files have been in every release up to the current one, by feed, agency and sha256:
    in a conflict the version that was published first stays. Beside the pin go the loads that are left out, what the
    ledger said (`event_log`) and what people decided (`decisions`, `nil_returns`, `acceptances` of the run's loads,
    open `restatements`): as it is now, but for what is `given` by name, that of an earlier run, to build the same
    again. Written once to `run(run_id)/pin.json`; a second call gives what was written, whatever arrived since.
    """
    path = home.run(run_id) / "pin.json"
    if path.is_file():
        return read(home, run_id)
    loads, others, given = [], [], given or {}
    files = ledger.event_files(home)
    state = ledger.loads(home, files)
    for load in state.values():
        if families.counts(state, load):
            since = (published or {}).get((load.feed, load.agency, load.sha256))
            loads.append({**_told(load, COLUMNS), "published_since": since})
        elif load.status != "landed" and load.rows_read:
            # Of a replay that waits for its root, or went with it, the root says why.
            status = families.root_of(state, load).status if load.status == "loaded" else load.status
            if load.status == "loaded" and not families.is_current(state, load):
                status = "superseded"
            others.append({**_told(load, OTHER), "status": status})
    for rows in (loads, others):
        rows.sort(key=lambda load: tuple(load[name] for name in ORDER))
    _write(home, run_id, "other_loads", others)
    _write(home, run_id, "decisions", given.get("decisions", [
        {name: row[name] for name in DECISIONS} for row in decisions.standing(home)]))
    _write(home, run_id, "nil_returns", given.get("nil_returns", nil_returns.standing(home)))
    load_ids = {load["load_id"] for load in loads}
    _write(home, run_id, "acceptances", given.get("acceptances", [
        one for one in accepted.standing(home) if one["load_id"] in load_ids]))
    _write(home, run_id, "restatements", given.get("restatements", restatements.open_ones(home)))
    _write(home, run_id, "event_log", [event_log.told(home, files) | {"names": event_log.names(home, files)}])
    _write(home, run_id, "pin", loads)
    return loads


def read(home: Home, run_id: str) -> list[dict]:
    """The pin as written. Raises LumbungError when the run has none."""
    path = home.run(run_id) / "pin.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LumbungError(f"Run {run_id} has no pin.", where=str(path),
                           todo="Pin the run before appending its loads.") from None


def beside(home: Home, run_id: str) -> dict[str, list[dict]]:
    """What was pinned beside the loads: `other_loads` (OTHER), `decisions` (DECISIONS) and `nil_returns`."""
    return {name: _pinned(home, run_id, name) for name in ("other_loads", "decisions", "nil_returns")}


def pinned_decisions(home: Home, run_id: str) -> list[dict]:
    """The decisions of people on conflicts that this run goes by, a dict of DECISIONS a file."""
    return beside(home, run_id)["decisions"]


def pinned_nil_returns(home: Home, run_id: str) -> list[dict]:
    """The nil returns that this run goes by, dicts of NIL_RETURNS with the month's first day as text."""
    return beside(home, run_id)["nil_returns"]


def pinned_acceptances(home: Home, run_id: str) -> list[dict]:
    """What people accepted at the gates of this run's loads, dicts of `lake.accepted.TOLD`."""
    return _pinned(home, run_id, "acceptances")


def pinned_restatements(home: Home, run_id: str) -> list[dict]:
    """The restatements that this run is to carry out."""
    return _pinned(home, run_id, "restatements")


def pinned_log(home: Home, run_id: str) -> dict:
    """What the ledger said when the run was pinned, as a release tells it: `files`, `events`, `sha256`, `last`,
    `names` (the files read) and `left_out`, the names before the last that were on the disk only after the pin."""
    [log] = json.loads((home.run(run_id) / "event_log.json").read_text(encoding="utf-8"))
    return log | {"left_out": event_log.overtaken(home, log, log["names"])}


def key_versions(home: Home, run_id: str) -> list[str]:
    """The key versions by which the pseudonyms of this run's parties were made: `p1`, …"""
    path = parties_path(home, run_id)
    if not path.is_file():
        return []
    return [version for version, in rows_of(
        "SELECT DISTINCT regexp_extract(party_key, '^(p[0-9]+)_', 1) AS version FROM read_parquet(?) "
        "WHERE version <> '' ORDER BY version", [str(path)])]


def parties_path(home: Home, run_id: str) -> Path:
    """The run's parties (a Parquet of PARTIES); a run that resolved none has none."""
    return home.run(run_id) / "parties.parquet"


def _told(load: ledger.Load, columns: Mapping[str, str]) -> dict:
    """What a run says of a load. It ends in a release, so a person named in the name of a file is masked."""
    told = {name: getattr(load, name) for name in columns if name != "published_since"}
    return told | {"file_name": privacy.masked(load.file_name)}


def _pinned(home: Home, run_id: str, name: str) -> list[dict]:
    path = home.run(run_id) / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


def _write(home: Home, run_id: str, name: str, rows: list[dict]) -> None:
    write_text(home.run(run_id) / f"{name}.json", json.dumps(rows, indent=0, ensure_ascii=False) + "\n")
