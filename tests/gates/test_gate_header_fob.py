"""A document's own FOB against its items: what is wrong is named, and what may be right in parts stops nothing."""

import duckdb
import pytest
from clean_staging import STAGING_FEEDS, staging_table

from lumbung.gates import check

# what is sent -> (load, item number, FOB of the item, FOB of the header) of each row, and what must name it
DOCUMENTS = {
    "whole": ([("a.csv", 1, 60, 100), ("a.csv", 2, 40, 100)], None),
    "rounded": ([("a.csv", 1, 60.5, 100), ("a.csv", 2, 40.4, 100)], None),
    "without a header": ([("a.csv", 1, 60, None)], None),
    "two files": ([("a.csv", 1, 60, 100), ("b.csv", 2, 40, 100)], None),
    "sent twice": ([("a.csv", 1, 60, 100), ("a.csv", 2, 40, 100), ("b.csv", 1, 60, 100), ("b.csv", 2, 40, 100)], None),
    "two files that contradict each other": ([("a.csv", 1, 100, 100), ("b.csv", 1, 120, 120)], None),
    "a line that two files state otherwise": ([("a.csv", 1, 100, 100), ("b.csv", 1, 900, 100)], None),
    "cut at the end of a file": ([("a.csv", 1, 60, 100)], "items_reach_header_fob"),
    "a thousand times too large": ([("a.csv", 1, 60000, 100), ("a.csv", 2, 40, 100)], "header_fob_equals_items"),
    "a JSON document, of which an item may have been erased": ([("c.JSONL", 1, 60, 100)], "items_reach_header_fob"),
    "a header of nothing": ([("c.JSONL", 1, 60, 0), ("c.JSONL", 2, 40, 0)], "header_fob_is_stated"),
    "nothing at all": ([("c.JSONL", 1, 0, 0)], None),
}
CHECKS = ("header_fob_equals_items", "items_reach_header_fob", "header_fob_is_stated")


@pytest.mark.parametrize("schema", ["staging", "changed"])
def test_documents_are_held_against_their_header(home, schema):
    rows = [(f"050130ABCDEF20240105{number:06}", *row)
            for number, (sent, _) in enumerate(DOCUMENTS.values()) for row in sent]
    with duckdb.connect(str(home.build_database)) as connection:
        for table in STAGING_FEEDS:
            staging_table(connection, table, ["clean"])
        connection.execute("insert into control.loads select distinct load, 'peb', load, load "
                           "from (select unnest(?) as load)", [[row[1] for row in rows]])
        connection.executemany("""insert into staging.stg_peb__items by name
            select * replace (? as nomor_aju, ? as load_id, ? as item_number, ? as item_fob, ? as header_fob)
            from staging.stg_peb__items where load_id = 'clean'""", rows)
        if schema == "changed":           # what a run sees that is no whole build
            connection.execute("create schema changed")
            connection.execute("create table changed.stg_peb__items as from staging.stg_peb__items")
    found = {c.expectation: c for c in check(home, "run-1", "staging").checks if c.table == f"{schema}.stg_peb__items"}

    for name in CHECKS:
        named = {list(DOCUMENTS)[int(key["nomor_aju"][-6:])] for key in found[name].unexpected_keys}
        assert named == {what for what, (_, expected) in DOCUMENTS.items() if expected == name}
    assert found["header_fob_equals_items"].load_ids == ["a.csv"]
    assert [found[name].severity for name in CHECKS] == ["critical", "warning", "warning"]
    assert all(c.success for name, c in found.items() if name not in CHECKS)
