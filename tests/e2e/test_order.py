"""The order and the cut in which files come leave no mark on the marts."""

import random
import time
from pathlib import Path

import duckdb

# Where a row was found, and what is told of files.
LINEAGE = {"load_id", "sheet", "row_number", "piece"}
# Made of a business's id, which depends on what was known when it was first seen (it settles which of two equal changes
# stands first).
OF_IDS = {"ikm_version_key", "size_rank"}
OF_FILES = {"dim_source_file", "mart_row_conservation"}
# Made of what gates said and of days on which files came.
OF_RUNS = {"mart_agency_scorecard", "mart_data_quality", "mart_feed_delivery"}


def marts(root: Path) -> dict[str, list[tuple]]:
    """Every published table without its lineage, as sorted rows; a business is called by the least of its parties."""
    path = root / "releases" / "current" / "internal" / "warehouse.duckdb"
    with duckdb.connect(str(path), read_only=True) as con:
        tables = [row[0] for row in con.execute("select table_name from information_schema.tables").fetchall()]
        columns = {table: [row[0] for row in con.execute(f"describe {table}").fetchall()
                           if row[0] not in LINEAGE | OF_IDS]
                   for table in tables if table not in OF_FILES | OF_RUNS}
        called = dict(con.execute("select ikm_id, min(party_key) from bridge_party_business group by 1").fetchall())
        return {table: sorted((tuple(called.get(value, value) for value in row) for row in con.execute(
                    f"select {', '.join(names)} from {table}").fetchall()), key=str)
                for table, names in sorted(columns.items())}


def deliveries(inbox: Path, dice: random.Random) -> list[tuple[str, bytes]]:
    """The files of an inbox as other deliveries of the same rows: some cut in two, some put together, some twice."""
    made, lines = [], {}
    for path in sorted(p for p in inbox.rglob("*") if p.is_file()):
        place, content = str(path.relative_to(inbox)), path.read_bytes()
        rows = content.splitlines(keepends=True)
        if path.suffix == ".csv" and b'"' not in content and len(rows) > 3:
            at = dice.randrange(2, len(rows) - 1)
            made += [(f"{place}.1.csv", b"".join(rows[:at])), (f"{place}.2.csv", b"".join([rows[0], *rows[at:]]))]
        elif path.suffix == ".jsonl":
            lines.setdefault((path.parent.relative_to(inbox), dice.randrange(4)), []).append(content)
        else:
            made.append((place, content))
    made += [(f"{folder}/gabungan-{n}.jsonl", b"".join(parts)) for (folder, n), parts in sorted(lines.items())]
    twice = [(f"{Path(place).parent}/lagi-{Path(place).name}", content) for place, content in made[::5]]
    made += twice
    dice.shuffle(made)
    return made


def test_shuffled_split_merged_and_sent_twice_the_files_give_the_same_marts(office, small_inbox, clean_run):
    seed = time.time_ns() % 1_000_000
    print(f"seed {seed}")
    sent = deliveries(small_inbox, random.Random(seed))
    assert len([place for place, _ in sent if place.endswith(".2.csv")]) > 5
    half = len(sent) // 2
    for part in (sent[:half], sent[half:]):
        for place, content in part:
            office.put(place, content)
        office.lumbung("run")
    found, expected = marts(office.root), marts(clean_run.root)
    assert {"fct_export_item", "fct_certificate_item", "mart_city_ranking", "mart_conflict"} <= set(expected)
    for table, rows in expected.items():
        assert found[table] == rows, f"{table}, seed {seed}"
