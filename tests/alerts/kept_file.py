"""The file of alerts as it would stand at another time."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from lumbung.lake.home import Home


def earlier(home: Home, minutes: int) -> None:
    """All that was written down happened so long before."""
    for path in home.alerts.glob("*.jsonl"):
        kept = [json.loads(line) for line in path.read_text().splitlines()]
        write(path, [{**line, "at": (datetime.fromisoformat(line["at"]) - timedelta(minutes=minutes)).isoformat()}
                     for line in kept])


def write(path: Path, kept: list[dict]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in kept))
