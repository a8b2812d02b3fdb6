"""dbt's manifest of the project: read once a process, however many layers and homes it builds.

dbt reads the whole project again at every invocation, which takes longer than the models of most days. Here it is
handed what this process read before, as long as no file of the project is another.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from lumbung.lake.durable import write_text
from lumbung.transform import changes


@dataclass(frozen=True)
class Project:
    """The project as dbt read it: which files it was, what dbt made of them, and the same as JSON."""

    fingerprint: str
    manifest: Manifest
    text: str


_read: list[Project] = []


def project_manifest(path: Path, parse: Callable[[], Manifest]) -> Manifest:
    """What dbt knows of the project as it stands, which is then written at `path` too.

    `parse` has dbt read the project and write it there; it is called where this process has not read these files.
    """
    fingerprint = changes.project_fingerprint()
    if not _read or _read[0].fingerprint != fingerprint:
        _read[:] = [Project(fingerprint, parse(), path.read_text(encoding="utf-8"))]
        gc.freeze()              # it stays: looking through it at every collection took a tenth of a build
    [project] = _read
    if not path.is_file() or path.read_text(encoding="utf-8") != project.text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, project.text)
    return project.manifest
