"""Deliveries that keep their contract, row by row, and are wrong all the same: only a gate can tell.

Each lies by itself, `gate_faults/<kind>/inbox/<feed>/<agency>/<file>`, to be sent after the sample's inbox was taken in
and published; `answer_key/gates.csv` says which checks must see it.
"""

from pathlib import Path

import duckdb

from lumbung.sample.gate_faults.against_the_rest import amounts, month_usd, movements
from lumbung.sample.gate_faults.certificates import Certificates
from lumbung.sample.gate_faults.declarations import Declarations
from lumbung.sample.gate_faults.documents import certificates, declarations
from lumbung.sample.gate_faults.office_lists import office_lists
from lumbung.sample.gate_faults.official import exchange_rates, official_totals
from lumbung.sample.gate_faults.planted import Check
from lumbung.sample.gate_faults.whole_loads import whole_loads

__all__ = ["COLUMNS", "FOLDER", "plant_gate_faults"]

FOLDER = "gate_faults"
COLUMNS = ("kind", "path", "feed", "agency", "step", "table_name", "check_name", "severity", "what")


def plant_gate_faults(con: duckdb.DuckDBPyConnection, inbox: Path, out: Path) -> list[dict]:
    """Write `out/gate_faults/…`, made of the sound files of `inbox` and of the tables behind them.

    Returns a line a check that must fail: kind, path (from `out`), feed, agency, step, table_name, check_name,
    severity, what.
    """
    peb, ska = Declarations(inbox), Certificates(inbox)
    lines = []
    for fault in [*whole_loads(peb, ska), *declarations(peb), *certificates(ska), *office_lists(),
                  *official_totals(month_usd(con, "2024-05")), *amounts(peb, ska, con), *movements(peb, ska, con),
                  *exchange_rates()]:
        path = out / FOLDER / fault.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fault.content)
        lines += [_line(fault.kind, path.relative_to(out).as_posix(), fault.feed, fault.agency, check, fault.what)
                  for check in fault.checks]
    return lines


def _line(kind: str, path: str, feed: str, agency: str, check: Check, what: str) -> dict:
    return dict(zip(COLUMNS, (kind, path, feed, agency, check.step, check.table, check.name, check.severity, what),
                    strict=True))
