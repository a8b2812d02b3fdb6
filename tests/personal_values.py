"""What the typed rows of a home hold of persons, read without the scan's own code."""

import duckdb

from lumbung.contracts import contracts
from lumbung.lake.home import Home


def personal_values(home: Home) -> set[str]:
    """What stands in personal columns, seven characters or more."""
    values = set()
    for feed, contract in contracts().items():
        files = [str(path) for path in (home.raw / feed).glob("*.parquet")]
        for name in (c.name for c in contract.columns if c.classification == "personal" and files):
            values |= {str(v) for (v,) in duckdb.sql(
                f"select distinct {name} from read_parquet(?) where {name} is not null", params=[files]).fetchall()}
    return {v for v in values if len(v) > 6}
