"""What the gates expect, one file a step; `write_suites` turns it into the JSON under expectations/."""

import json
from pathlib import Path

from lumbung.gates.suites import marts, raw, staging


def write_suites(out: Path) -> list[Path]:
    """Write `<out>/<step>/<table>.json` for every suite, and take away suites that are no more. Returns the paths."""
    written = []
    for step, module in (("raw", raw), ("staging", staging), ("marts", marts)):
        folder = out / step
        folder.mkdir(parents=True, exist_ok=True)
        for suite in module.suites():
            path = folder / f"{suite['meta']['table']}.json"
            path.write_text(json.dumps(suite, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            written.append(path)
        for path in set(folder.glob("*.json")) - set(written):
            path.unlink()
    return written
