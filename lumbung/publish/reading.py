"""Finds releases, opens them read-only and checks that their bytes are still those that were published."""

import glob
import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lumbung.errors import LumbungError
from lumbung.lake.home import Home

WAREHOUSE = "internal/warehouse.duckdb"
# How good the data are hangs on the clock and on how often a gate ran: of two releases with the same marts it differs.
OF_QUALITY = "internal/quality/"


@dataclass(frozen=True)
class Release:
    """One release, whole. `path` is its own folder, never the `current` link, so it can't change underfoot."""

    id: str
    path: Path
    manifest: dict

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the release's warehouse read-only: tables of the small ones, views over the facts.

        Raises LumbungError when the file is not there or can't be read.
        """
        file = self.path / WAREHOUSE
        try:
            connection = duckdb.connect(file, read_only=True)
        except duckdb.Error as problem:
            raise LumbungError(f"The warehouse of release {self.id} can't be opened.", where=f"{file}: {problem}",
                               todo="Check it with `lumbung verify`; publish again if it is damaged.") from problem
        connection.execute("SET TimeZone = 'UTC'")
        self._mend_views(connection)
        return connection

    def _mend_views(self, connection: duckdb.DuckDBPyConnection) -> None:
        # The views name the folder they were published in. A home that was moved, or is mounted elsewhere in
        # a container, gets the same views over where the files are now, for this connection only. A release that was
        # handed over for comparison alone has no facts.
        stored = connection.execute(
            "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal AND database_name = 'warehouse'").fetchall()
        for name, sql in stored:
            if (here := facts_query(self.path, name)) not in sql and (self.path / "internal" / "facts" / name).is_dir():
                connection.execute(f'CREATE TEMP VIEW "{name}" AS {here}')


def quoted(text: object) -> str:
    """Text as it stands between single quotes in SQL."""
    return str(text).replace("'", "''")


def facts_query(folder: Path, table: str) -> str:
    """The query over one fact's Parquet files in a release folder."""
    return f"SELECT * FROM read_parquet('{quoted(glob.escape(str(folder)))}/internal/facts/{table}/*.parquet')"


def read(folder: Path) -> Release:
    """The release in a folder. Raises FileNotFoundError when there is none."""
    real = folder.resolve(strict=True)
    manifest = json.loads((real / "manifest.json").read_text(encoding="utf-8"))
    return Release(manifest["release_id"], real, manifest)


def current(home: Home) -> Release | None:
    """The release that readers get, or None before the first one."""
    try:
        return read(home.releases / "current")
    except FileNotFoundError:
        return None


def releases(home: Home) -> list[Release]:
    """All whole releases, newest last."""
    found = [read(path.parent) for path in home.releases.glob("*/manifest.json")
             if not path.parent.name.startswith(".") and not path.parent.is_symlink()]
    return sorted(found, key=lambda r: (r.manifest["run_time"], r.id))


def release(home: Home, release_id: str | None = None) -> Release:
    """The release of an id; without one, the current one.

    Raises LumbungError listing what exists.
    """
    found = current(home) if release_id is None else next(
        (r for r in releases(home) if r.id == release_id), None)
    if found:
        return found
    known = [r.id for r in releases(home)]
    raise LumbungError(
        f"There is no release {release_id}." if release_id else "Nothing has been published yet.",
        where=str(home.releases),
        todo=f"Choose one of: {', '.join(known)}." if known else "Run `lumbung run` to make the first one.")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sha256_of_all(paths: list[Path]) -> list[str]:
    """The SHA-256 of many files, in their order; hashing leaves the interpreter, so threads help."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(sha256_of, paths))


def content_hash(files: Iterable[dict]) -> str:
    """One hash over the internal Parquet files of a release, as they stand in its manifest (path and sha256 of each).

    Those of quality are aside. What is public follows from these, the office's setting and what was published before.
    """
    lines = sorted(f"{f['sha256']}  {f['path']}\n" for f in files
                   if f["path"].startswith("internal/") and f["path"].endswith(".parquet")
                   and not f["path"].startswith(OF_QUALITY))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def verify(home: Home, release: Release) -> list[str]:
    """What is wrong with a release on disk: files missing, changed or not of it. Empty when all is as published."""
    problems = []
    listed = {f["path"]: f for f in release.manifest["files"]}
    there = [name for name in listed if (release.path / name).is_file()]
    hashes = dict(zip(there, sha256_of_all([release.path / name for name in there]), strict=True))
    for name in sorted(listed):
        if name not in hashes:
            problems.append(f"{name} is missing.")
        elif hashes[name] != listed[name]["sha256"]:
            problems.append(f"{name} has changed since it was published.")
    found = {str(p.relative_to(release.path)) for p in release.path.rglob("*") if not p.is_dir()}
    problems += [f"{name} is not of this release." for name in sorted(found - set(listed) - {"manifest.json"})]
    if content_hash(release.manifest["files"]) != release.manifest["content_hash"] or not release.id.endswith(
            release.manifest["content_hash"][:8]):
        problems.append("manifest.json has changed: its content hash does not fit its files.")
    if release.path.name != release.id or release.path.parent != home.releases.resolve():
        problems.append(f"The folder {release.path} is not where release {release.id} was published.")
    return problems
