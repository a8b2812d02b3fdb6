"""The floor: one plain DuckDB script on the same file, in a process of its own."""

import argparse
import json
import time
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("floor.sql")


def run_floor(file: Path, folder: Path, threads: int) -> dict[str, float]:
    """Type, drop broken rows, keep the newest version of each document, aggregate FOB by city and month.

    Writes `city_month.parquet`, then `items.parquet`, into `folder`. Gives the seconds of `city_month` (all that
    leads to that file) and of `items` (writing the newest rows in full width, which is beyond the floor).
    """
    folder.mkdir(parents=True, exist_ok=True)
    script = SQL.read_text(encoding="utf-8").replace("$file", str(file)).replace("$folder", str(folder))
    con = duckdb.connect(config={"threads": threads})
    try:
        *floor, items = con.extract_statements(script)
        began = time.perf_counter()
        for statement in floor:
            con.execute(statement)
        done = time.perf_counter()
        con.execute(items)
        return {"city_month": done - began, "items": time.perf_counter() - done}
    finally:
        con.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the plain DuckDB script that the warehouse is compared with.")
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    print(json.dumps(run_floor(given.file, given.folder, given.threads)))


if __name__ == "__main__":
    main()
