"""Which code makes a release."""

import hashlib
import os
import subprocess

from lumbung import __version__
from lumbung.contracts.files import own_files
from lumbung.lake.home import PROJECT

CODE = {".py", ".sql", ".yml", ".yaml", ".csv", ".json", ".html", ".css"}


def code_version() -> str:
    """The version that makes a release: the package's, the git commit where there is one, a hash of the code.

    The hash covers all that decides the figures, the office's own contracts too, so that an edit is another version.
    """
    try:
        commit = subprocess.run(["git", "-C", str(PROJECT), "rev-parse", "--short=12", "HEAD"],
                                capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = os.environ.get("LUMBUNG_COMMIT", "")[:12] or "nogit"     # an image has no history, it is told
    digest = hashlib.sha256()
    for folder in ("lumbung", "dbt_project", "seeds", "expectations"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in CODE and "target" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT)}\0".encode() + path.read_bytes())
    for path in own_files():
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return f"{__version__}+{commit}.{digest.hexdigest()[:8]}"
