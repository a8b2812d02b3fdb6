"""Releases that an erasure touches: marked beside them as no longer rebuildable, and destroyed where asked."""

import json
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from lumbung.lake import acts
from lumbung.lake.durable import sync_folder, write_text
from lumbung.lake.home import Home
from lumbung.privacy.leftovers import in_tables
from lumbung.privacy.person import Person

NOT_REBUILDABLE, DESTROYED = "not_rebuildable", "destroyed"


def touched(home: Home, person: Person, load_ids: set[str], party_keys: set[str]) -> list[dict]:
    """The releases made of these loads, or in which the person can still be found.

    Keys: release_id, is_current, load_ids (those of the erasure that the release was made of), holds_party_key,
    holds_identifier (a business named like the person, say).
    """
    found = []
    now = (home.releases / "current").resolve().name
    for folder, manifest in _releases(home):
        made_of = sorted(load_ids & {load["load_id"] for load in manifest["loads"]})
        tables = sorted(folder.rglob("*.parquet"))
        holds_key = bool(party_keys) and any(_holds_key(path, party_keys) for path in tables)
        holds_identifier = (any(in_tables(path, person) for path in tables)
                            or any(person.in_system_files.search(path.read_text(encoding="utf-8", errors="ignore"))
                                   for path in (*folder.rglob("*.html"), folder / "manifest.json")))
        if made_of or holds_key or holds_identifier:
            found.append({"release_id": folder.name, "is_current": folder.name == now, "load_ids": made_of,
                          "holds_party_key": holds_key, "holds_identifier": holds_identifier})
    return found


def mark(home: Home, event: str, release: dict, erasure: dict) -> None:
    """Write an event beside the releases; the release itself is never edited."""
    now = datetime.now(UTC)
    told = {"event": event, "release_id": release["release_id"], "at": now.isoformat(timespec="microseconds"),
            "load_ids": release["load_ids"], "holds_party_key": release["holds_party_key"],
            "holds_identifier": release["holds_identifier"], **erasure}
    write_text(acts.for_insiders(home.releases / "events") / f"{now:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}.json",
               json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def marks(home: Home) -> list[dict]:
    """All events of releases, oldest first."""
    found = [json.loads(path.read_text(encoding="utf-8"))
             for path in (home.releases / "events").glob("*.json") if not path.name.startswith(".")]
    return sorted(found, key=lambda event: event["at"])


def destroy(home: Home, release_id: str) -> None:
    """Remove a release whole. Not the current one: publish its successor first."""
    if (home.releases / "current").resolve().name == release_id:
        raise ValueError("the current release is not destroyed")
    shutil.rmtree(home.releases / release_id)
    sync_folder(home.releases)


def _releases(home: Home) -> Iterator[tuple[Path, dict]]:
    for path in sorted(home.releases.glob("*/manifest.json")):
        if not path.parent.is_symlink() and not path.parent.name.startswith("."):
            yield path.parent, json.loads(path.read_text(encoding="utf-8"))


def _holds_key(path: Path, party_keys: set[str]) -> bool:
    source = "read_parquet('" + str(path).replace("'", "''") + "')"
    with duckdb.connect() as con:
        names = [row[0] for row in con.execute(f"describe select * from {source}").fetchall()
                 if row[0].endswith("party_key")]
        if not names:
            return False
        said = " or ".join(f'list_contains($keys, "{name}")' for name in names)
        return con.execute(f"select count(*) from (select 1 from {source} where {said} limit 1)",
                           {"keys": sorted(party_keys)}).fetchone()[0] > 0
