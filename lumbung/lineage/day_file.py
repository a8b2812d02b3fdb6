"""A transport of OpenLineage that adds events to a file a day."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

import attr
from openlineage.client.serde import Serde
from openlineage.client.transport import Config, Transport

from lumbung.lake import acts


@attr.define
class DayFileConfig(Config):
    """`folder` is where the files `<day>.jsonl` (UTC) lie."""

    folder: str

    @classmethod
    def from_dict(cls, params: dict) -> "DayFileConfig":
        """As a configuration says it: `{type: lumbung.lineage.day_file.DayFile, folder: …}`."""
        return cls(params["folder"])


class DayFile(Transport):
    """A line an event, whole whatever else writes at the same time or died half way: the library's own file transport
    hands a long line to the file in pieces."""

    kind = "day_file"
    config_class = DayFileConfig

    def __init__(self, config: DayFileConfig):
        self.folder = Path(config.folder)

    def emit(self, event) -> None:
        """Add an event to today's file. Raises OSError where there is no room or no right."""
        line = Serde.to_json(event).encode() + b"\n"
        path = acts.for_insiders(self.folder) / f"{datetime.now(UTC):%Y-%m-%d}.jsonl"
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)          # falls free with the handle
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                line = b"\n" + line                     # a writer died within its line
            while line:
                line = line[os.write(handle, line):]
        finally:
            os.close(handle)
