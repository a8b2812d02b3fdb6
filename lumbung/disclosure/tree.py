"""The public folder of a release: tables, pages and a manifest of its own; and beside it, for insiders, the reasons."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lumbung import publish
from lumbung.disclosure.control import attack_release, control
from lumbung.disclosure.public_page import write_public_pages
from lumbung.disclosure.settings import Settings, settings, settings_of
from lumbung.errors import LumbungError
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home
from lumbung.publish.marks import published
from lumbung.publish.reading import WAREHOUSE, Release, sha256_of

DECISIONS = "internal/disclosure.json"


@dataclass(frozen=True)
class PublicTree:
    """Makes the public part of a release, by the office's setting and against the releases published before."""

    home: Home
    settings: Settings
    earlier: tuple[str, ...]

    @classmethod
    def of(cls, home: Home) -> "PublicTree":
        """By the setting of today and all releases that are marked published, in the order of their marks."""
        return cls(home, settings(home), tuple(mark["release_id"] for mark in published(home)))

    @classmethod
    def as_recorded(cls, home: Home, known: Mapping) -> "PublicTree":
        """As a release was made, by the `disclosure` of its manifest, whatever the setting is now: for a rebuild."""
        return cls(home, settings_of(known), tuple(known["earlier"]))

    @property
    def standing(self) -> dict:
        """What the public tables are made of beside the marts; goes into the internal manifest."""
        return {**self.settings.as_dict(), "earlier": list(self.earlier)}

    def write(self, release: Release) -> dict:
        """Write `public/` and the internal decisions into the folder of a release that is being made.

        Gives what its manifest keeps under `disclosure`. Raises DisclosureFailed when a cell would be given away,
        LumbungError where an earlier public release is not there to be compared with.
        """
        folder = release.path / "public"
        there = {one.id: one for one in publish.releases(self.home)}
        earlier = [there[one] for one in self.earlier if one in there and one != release.id]
        controlled = control(release, earlier, self.settings, folder)
        warnings = controlled.warnings + [
            f"Release {one} is published but is no longer here: what it showed is not looked at."
            for one in self.earlier if one not in there]
        write_public_pages(folder, controlled.lists, release.id)
        _write_manifest(folder, release.id, [one.total for one in controlled.lists])
        write_text(release.path / DECISIONS, json.dumps(
            {"cells": controlled.decisions, "warnings": warnings}, indent=1, ensure_ascii=False) + "\n")
        return {**self.standing, "warnings": len(warnings)}


def decisions(release: Release) -> dict:
    """What was decided of each cell of a release (`cells`) and what the officer must be told (`warnings`).

    Raises LumbungError for a release made before there was disclosure control.
    """
    try:
        return json.loads((release.path / DECISIONS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LumbungError(f"Release {release.id} has no public tables.", where=str(release.path),
                           todo="Run `lumbung run` to make one that has.") from None


def require_publishable(home: Home, release: Release) -> list[str]:
    """Attack a release's public tables with those of all releases published by now; gives the warnings.

    A release that was made before another was published has not been compared with it. Raises DisclosureFailed when
    the two together give a cell away, LumbungError for a release without public tables.
    """
    decisions(release)
    tree = PublicTree.of(home)
    there = {one.id: one for one in publish.releases(home)}
    return attack_release(release, [there[one] for one in tree.earlier if one in there and one != release.id],
                          tree.settings)


def hand_over(home: Home, into: Home, known: Mapping) -> None:
    """Give another home what a rebuild compares with: of the earlier public releases (the `disclosure` of a manifest),
    their public tables, if they have any, and what stood behind them."""
    for one in publish.releases(home):
        if one.id in known["earlier"]:
            for path in (one.path / "manifest.json", one.path / WAREHOUSE, *sorted((one.path / "public").glob("*"))):
                target = into.releases / path.relative_to(home.releases.resolve())
                target.parent.mkdir(parents=True, exist_ok=True)
                target.parent.chmod(path.parent.stat().st_mode)
                shutil.copy2(path, target)


def _write_manifest(folder: Path, release_id: str, totals: list[dict]) -> None:
    files = [{"path": path.name, "bytes": path.stat().st_size, "sha256": sha256_of(path)}
             for path in sorted(folder.iterdir())]
    write_text(folder / "manifest.json", json.dumps({
        "release_id": release_id, "titles": [total["title"] for total in totals], "files": files},
        indent=1, ensure_ascii=False) + "\n")
