"""Publishes a run: builds the release aside, makes it durable, renames it and switches `current` to it."""

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import duckdb

from lumbung.errors import GateFailed, LumbungError
from lumbung.lake import ledger
from lumbung.lake.durable import switch_link, sync_file, sync_folder, write_text
from lumbung.lake.home import Home
from lumbung.publish.manifest import describe, rules
from lumbung.publish.marts import marts, marts_of_quality
from lumbung.publish.parquet import write_all
from lumbung.publish.reading import Release, content_hash, current, quoted, read, releases, sha256_of, verify
from lumbung.publish.warehouse import write_warehouse

# Insiders of the owner's group read a release; its `public/` is opened to everyone when it is marked published.
# The release's own folder lets everyone through to it.
FOLDER, FILE, THROUGH = 0o750, 0o440, 0o755


class Public(Protocol):
    """What makes the public part of a release. `standing` is what decides it beside the marts: settings, `earlier`."""

    @property
    def standing(self) -> dict: ...

    def write(self, release: Release) -> dict: ...


def publish(home: Home, run_id: str, *, pinned: list[dict], gates: list[dict], code_version: str,
            run_time: datetime, dbt_manifest: Path, decisions: Sequence[dict] = (),
            identity: Mapping[str, str | int] | None = None, stated: Mapping[str, object] | None = None,
            changed_months: Mapping[str, Collection[date]] | None = None,
            pages: Callable[[Release], object] | None = None, public: Public | None = None) -> Release | None:
    """Publish the marts of the build database as a release; None when they are those of `current`.

    `pinned` are the loads of the run, `decisions` those of people on conflicts, `identity` what the ids of businesses
    come from, `gates` its gate results and `stated` what else it went by, by key: all as JSON, for the manifest.
    `run_time` must know its time zone. `changed_months` names facts and all months (first days) in which they may
    differ from `current`; a fact that it does not name is compared whole. `pages` is called once the tables are there
    and may write files into the folder `internal/report` of the release it is given; `public` then makes its public
    part, and what it gives stands in the manifest as `disclosure`. The marts of quality go with a release, and make
    none by themselves.

    Raises GateFailed when the gate staging or marts did not pass, LumbungError when the marts can't be published.
    Nothing that a reader sees changes before the last step, and a run that died is tidied up by the next.
    """
    _require(gates)
    home.releases.mkdir(parents=True, exist_ok=True)
    _tidy(home)
    before = current(home)
    run_time = run_time.astimezone(UTC)
    aside = home.releases / f".{run_time:%Y%m%dT%H%M%SZ}.tmp"
    try:
        aside.mkdir(mode=0o700)         # nobody looks in until every right is set
        with _build(home) as connection:
            tables = marts(connection, dbt_manifest)
            files = write_all(connection, tables, aside, before, changed_months or {})
            content = content_hash(files)
            if whole := _already(home, before, content, public.standing if public else None):
                return whole if _switch(home, before, whole) else None
            quality = marts_of_quality(connection, dbt_manifest)
            files += write_all(connection, quality, aside, before, {})
            final = home.releases / f"{run_time:%Y%m%dT%H%M%SZ}-{content[:8]}"
            manifest = describe(
                release_id=final.name, run_id=run_id, run_time=run_time, code_version=code_version,
                pinned=_with_landing(home, pinned), gates=gates, decisions=decisions, identity=identity,
                stated=stated or {}, rules=rules(connection), tables=tables, quality=quality, files=files,
                content=content, before=before)
            write_warehouse(connection, [*tables, *quality], aside, final)
        if pages:
            (aside / "internal" / "report").mkdir()
            pages(Release(final.name, aside.resolve(), manifest))
        if public:
            manifest["disclosure"] = public.write(Release(final.name, aside.resolve(), manifest))
        _complete(aside, manifest)
        aside.rename(final)
        sync_folder(home.releases)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    made = read(final)
    _switch(home, before, made)
    return made


@contextmanager
def _build(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch connection with the build database attached, read-only, as `build`; closed on the way out."""
    home.scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    try:
        for name, value in {
                "memory_limit": os.environ.get("LUMBUNG_MEMORY_LIMIT", "2GB"),
                "threads": os.environ.get("LUMBUNG_THREADS", "2"),
                "temp_directory": str(home.scratch / "duckdb"),
                # A Parquet column is written as REQUIRED where the statistics of a table happen to show no null:
                # they differ between a table that grew and one that was rebuilt, and so would the bytes.
                "disabled_optimizers": "statistics_propagation",
                "TimeZone": "UTC", "enable_progress_bar": "false"}.items():
            connection.execute(f"SET {name} = '{quoted(value)}'")
        try:
            connection.execute(f"ATTACH '{quoted(home.build_database)}' AS build (READ_ONLY)")
        except duckdb.Error as problem:
            raise LumbungError(
                "The build database can't be opened.", where=f"{home.build_database}: {problem}",
                todo="Build the marts first, and end any program that has it open.") from problem
        yield connection
    finally:
        connection.close()


def _with_landing(home: Home, pinned: list[dict]) -> list[dict]:
    """The loads with when they landed, as the ledger has it."""
    loads = ledger.loads(home)
    return [{**load, "landed_at": loads[load["load_id"]].landed_at if load["load_id"] in loads else ""}
            for load in pinned]


def _require(gates: list[dict]) -> None:
    # Gate raw judges single files; a file it turned away is simply not among the pinned loads.
    failed = sorted({g["step"] for g in gates if g["step"] != "raw" and not g["passed"]})
    if failed:
        raise GateFailed(f"The gate {' and '.join(failed)} did not pass.", where="gate results of this run",
                         todo="Mend or withdraw the loads it names, then run again.")


def _tidy(home: Home) -> None:
    """Remove what a publish that died has left: half-made folders and links that lead to them."""
    for path in home.releases.iterdir():
        if path.is_symlink():
            if path.name != "current":
                path.unlink()
        elif path.name.startswith(".") and path.name.endswith(".tmp"):
            shutil.rmtree(path)


def is_public_by(release: Release, standing: Mapping | None) -> bool:
    """Whether a release's public part was made of the same settings and earlier public releases, itself aside."""
    if standing is None:
        return True
    asked = {**standing, "earlier": [one for one in standing["earlier"] if one != release.id]}
    known = release.manifest.get("disclosure") or {}
    return all(known.get(key) == value for key, value in asked.items())


def _already(home: Home, before: Release | None, content: str, standing: Mapping | None) -> Release | None:
    """The release that holds this content: `before`, or its successor that was made but never switched to.

    Of a release that was only handed over, for its public tables, the rest is not there: that is none.
    """
    if before and before.manifest["content_hash"] == content and is_public_by(before, standing):
        return before
    return next((r for r in releases(home) if r.manifest["content_hash"] == content
                 and r.manifest["previous"] == (before.id if before else None) and is_public_by(r, standing)
                 and not verify(home, r)), None)


def _switch(home: Home, before: Release | None, to: Release) -> bool:
    """Point `current` at a release; False when it was there already."""
    if before and before.id == to.id:
        return False
    switch_link(home.releases / "current", to.id)
    return True


def _complete(aside: Path, manifest: dict) -> None:
    """Add the warehouse and the pages to the manifest, write it, and make every name in the folder durable."""
    listed = {f["path"] for f in manifest["files"]}
    for path in sorted(p for p in aside.rglob("*") if p.is_file()):
        name = path.relative_to(aside).as_posix()
        path.chmod(FILE)
        if name not in listed:
            sync_file(path)
            manifest["files"].append({"path": name, "bytes": path.stat().st_size, "sha256": sha256_of(path)})
    manifest["files"].sort(key=lambda f: f["path"])
    write_text(aside / "manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    (aside / "manifest.json").chmod(FILE)
    for folder in (p for p in aside.rglob("*") if p.is_dir()):
        folder.chmod(FOLDER)
        sync_folder(folder)
    aside.chmod(THROUGH)
    sync_folder(aside)
