"""Which releases were given to the public: marks beside them, only ever added. The release itself is never edited."""

import json
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from lumbung.errors import LumbungError, UsageError
from lumbung.lake import acts
from lumbung.lake.durable import locked, write_text
from lumbung.lake.home import Home
from lumbung.lake.user import user
from lumbung.publish.reading import Release, release, verify

PUBLISHED, PRUNED = "published", "pruned"


def published(home: Home) -> list[dict]:
    """The releases marked published, in the order of their marks: release_id, at (UTC, ISO 8601), by, reason.

    One that was destroyed since (an erasure may ask for it) is among them: what the public has seen, it has seen.
    """
    return [{key: event[key] for key in ("release_id", "at", "by", "reason")}
            for event in events(home) if event["event"] == PUBLISHED]


def mark_published(home: Home, release_id: str, reason: str, *,
                   check: Callable[[Release], object] | None = None) -> dict:
    """Mark a release as given to the public and open its `public/` to everyone; retention never removes it from then
    on. Gives the mark.

    `check` may raise to refuse the release; nobody marks another one between it and the mark. Officers come here by
    `lumbung releases publish`, which checks what the release gives away. Raises UsageError without a reason,
    LumbungError for a release that is not there, does not verify or is marked.
    """
    if not reason.strip():
        raise UsageError("A mark needs a reason.", todo='Give one: --reason "…".')
    with locked(home.releases):
        found = release(home, release_id)
        if before := next((m for m in published(home) if m["release_id"] == found.id), None):
            _open(found)            # whoever marked it may have died before that
            raise LumbungError(f"Release {found.id} is published already, since {before['at']}, by {before['by']}.",
                               where=str(found.path))
        if problems := verify(home, found):
            raise LumbungError(f"Release {found.id} is not as it was made: {'; '.join(problems)}",
                               where=str(found.path), todo="Restore it from a backup, or publish another.")
        if check:
            check(found)
        event = note(home, PUBLISHED, found.id, reason)
        _open(found)
    return {key: event[key] for key in ("release_id", "at", "by", "reason")}


def _open(found: Release) -> None:
    """Let everyone read what is public of a release."""
    for path in sorted((found.path / "public").rglob("*"), reverse=True):
        path.chmod(0o755 if path.is_dir() else 0o444)
    if (found.path / "public").is_dir():
        (found.path / "public").chmod(0o755)


def note(home: Home, kind: str, release_id: str, reason: str) -> dict:
    """Write down an act on a release: event, release_id, at, by, reason. It survives a power cut."""
    now = datetime.now(UTC)
    event = {"event": kind, "release_id": release_id, "at": now.isoformat(timespec="microseconds"), "by": user(),
             "reason": reason.strip()}
    acts.add(acts.for_insiders(home.releases / "events"), event, now)
    return event


def copy_marks(home: Home, into: Home, release_ids: Collection[str]) -> None:
    """Hand the publications of some releases on to another home, with when, by whom and why."""
    acts.for_insiders(into.releases / "events")
    for path in acts.files(home.releases / "events"):
        event = json.loads(path.read_text(encoding="utf-8"))
        if event["event"] == PUBLISHED and event["release_id"] in release_ids:
            write_text(into.releases / path.relative_to(home.releases), path.read_text(encoding="utf-8"))


def events(home: Home) -> list[dict]:
    """All acts on releases, oldest first. Marks of erasures lie beside them (`lumbung.privacy.marks`)."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in acts.files(home.releases / "events")]
    return sorted(found, key=lambda event: (event["at"], event["release_id"]))
