"""Hands events on: by default to the file of the day, by OpenLineage's own configuration to a server.

Nothing here ever stops a step. What a server does not take goes to the file; after its first failure it is not asked
again by this process, since each try waits for it.
"""

import logging
import os
from pathlib import Path

from lumbung.lake.home import Home

log = logging.getLogger("lumbung.lineage")
_senders: dict[Path, "_Sender"] = {}


def is_disabled() -> bool:
    """Whether lineage is switched off as OpenLineage has it: OPENLINEAGE_DISABLED=true."""
    return os.environ.get("OPENLINEAGE_DISABLED", "").strip().lower() == "true"


def send(home: Home, events: list) -> None:
    """Hand events on in order. What can't even be kept in the file is logged and let go."""
    try:
        if home.root not in _senders:
            _senders[home.root] = _Sender(home)
        for event in events:
            _senders[home.root].send(event)
    except Exception as problem:
        log.warning("Lineage of %d events is lost: %s", len(events), problem)


class _Sender:
    def __init__(self, home: Home):
        from openlineage.client import OpenLineageClient

        from lumbung.lineage.day_file import DayFile, DayFileConfig

        self.file = DayFile(DayFileConfig(str(home.lineage)))
        self.client = self.kept = OpenLineageClient(transport=self.file)
        try:
            if self.kept.config.transport or os.environ.get("OPENLINEAGE_URL"):
                self.client = OpenLineageClient()
        except Exception as problem:
            log.warning("OpenLineage's configuration can't be used (%s): events go to %s.", problem, self.file.folder)

    def send(self, event) -> None:
        if self.client is not self.kept:
            try:
                return self.client.emit(event)
            except Exception as problem:
                # The problem's text may hold the server's address with a password.
                log.warning("The lineage server did not take an event (%s). This process writes to %s from now on.",
                            type(problem).__name__, self.file.folder)
                self.client = self.kept
        return self.kept.emit(event)
