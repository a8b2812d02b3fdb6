"""The pin: which loads one warehouse run takes, written down before anything is read."""

import json

from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

# Column and type in control.loads, in this order in every pinned load.
COLUMNS = {
    "load_id": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR", "file_name": "VARCHAR", "sha256": "VARCHAR",
    "contract_version": "VARCHAR", "bytes": "BIGINT", "batch_id": "VARCHAR", "rows_read": "BIGINT",
    "rows_skipped": "BIGINT", "rows_accepted": "BIGINT", "rows_quarantined": "BIGINT"}


def pin(home: Home, run_id: str) -> list[dict]:
    """The loads of a run: all with status `loaded`, by feed, agency and load id, a dict of COLUMNS each.

    Written once to `run(run_id)/pin.json`; a second call gives what was written, whatever arrived since.
    """
    path = home.run(run_id) / "pin.json"
    if path.is_file():
        return read(home, run_id)
    loads = [{name: getattr(load, name) for name in COLUMNS}
             for load in ledger.loads(home).values() if load.status == "loaded"]
    loads.sort(key=lambda load: (load["feed"], load["agency"], load["load_id"]))
    write_text(path, json.dumps(loads, indent=0, ensure_ascii=False) + "\n")
    return loads


def read(home: Home, run_id: str) -> list[dict]:
    """The pin as written. Raises LumbungError when the run has none."""
    path = home.run(run_id) / "pin.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LumbungError(f"Run {run_id} has no pin.", where=str(path),
                           todo="Pin the run before appending its loads.") from None
