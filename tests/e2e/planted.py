"""Declarations to send beside those of the inbox."""

import json
from pathlib import Path


def renumbered(inbox: Path, sequence: str) -> dict:
    """A declaration of the inbox as another one: its submission number ends with `sequence`."""
    source = sorted(inbox.glob("peb/*/*.jsonl"))[0]
    document = json.loads(source.read_text(encoding="utf-8").splitlines()[0])
    return document | {"nomorAju": document["nomorAju"][:20] + sequence}


def registered_too_early(inbox: Path) -> str:
    """A declaration that was registered a year before the date inside its own submission number."""
    document = renumbered(inbox, "999999")
    return json.dumps(document | {"tanggalDaftar": f"{int(document['nomorAju'][12:16]) - 1}-01-01"})
