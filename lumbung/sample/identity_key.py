"""Who is who: each way in which a file names a business, the first row in which it does, and who that is."""

from pathlib import Path

import duckdb

from lumbung.sample.tables import write_csv, write_xlsx
from lumbung.sample.trade_files import CSV_MONTH, LAST_MONTH, SKA_ORDER

# Columns that a list carries for the key only; those of its own begin without a line.
TRUTH = "m.business AS _business, w.difficulty AS _difficulty"
SAID = "concat_ws('|', w.name, w.npwp, w.nib, w.city, w.owner)"
INNER = ("_row", "_business", "_difficulty", "_said")

MENTION = """
CREATE TABLE IF NOT EXISTS mention (feed VARCHAR, agency VARCHAR, file_name VARCHAR, row_number BIGINT, role VARCHAR,
                                    place BIGINT, business BIGINT, difficulty VARCHAR, said VARCHAR)
"""

# An item's row number is its place among the items of its file, the documents in the order in which they stand.
TRADE = f"""
CREATE TEMP TABLE peb_place AS
SELECT doc, number, file_name,
       row_number() OVER (PARTITION BY file_name ORDER BY nomor_aju, note_number NULLS FIRST, number) AS row_number
FROM (SELECT *, 'data-buatan-peb-' || CASE
        WHEN month = '{LAST_MONTH}' AND nomor_aju IN (FROM alone) THEN nomor_aju || '.json'
        WHEN month = '{CSV_MONTH}' THEN month || '.csv' ELSE month || '.jsonl' END AS file_name FROM peb_row);

INSERT INTO mention
SELECT 'peb', 'bea-cukai', r.file_name, r.row_number, 'exporter', NULL, e.business, 'same', e.npwp
FROM peb_place r JOIN doc d USING (doc) JOIN exporter e USING (exporter)
UNION ALL
SELECT 'peb', 'bea-cukai', r.file_name, r.row_number, 'owner', i.position, o.business, o.difficulty,
       concat_ws('|', o.name, o.npwp, o.nib)
FROM peb_place r JOIN item_owner i USING (doc, number) JOIN owner o USING (doc, place);

INSERT INTO mention
WITH placed AS (
  SELECT *, 'data-buatan-ska-' || quarter || '.csv' AS file_name,
         row_number() OVER (PARTITION BY quarter ORDER BY {SKA_ORDER}) AS row_number FROM ska_row)
SELECT 'ska', 'ipska-jabar', file_name, row_number, 'exporter', NULL, exporter_business, exporter_difficulty,
       concat_ws('|', "Nama Eksportir", regexp_replace("NPWP", '\\D', '', 'g'), "NIB")
FROM placed
UNION ALL
SELECT 'ska', 'ipska-jabar', file_name, row_number, 'maker', NULL, maker_business, maker_difficulty,
       "Nama Produsen" || "Kode Wilayah Produsen"
FROM placed WHERE "Nama Produsen" IS NOT NULL;
"""

KEY = """
SELECT feed, agency, file_name, row_number, role, place, printf('U%06d', business) AS business_id, difficulty
FROM mention
QUALIFY row_number() OVER (PARTITION BY feed, agency, role, business, said
                           ORDER BY file_name, row_number, place) = 1
ORDER BY ALL
"""


def write_listed(con: duckdb.DuckDBPyConnection, query: str, target: Path, role: str, sheet: str = "") -> int:
    """Write a list as CSV, or as a workbook with that sheet, and remember whom its rows mean; returns their number.

    The query has `_business` (null: nobody), `_difficulty` and `_said` (what it says of the business) besides the
    list's own columns.
    """
    con.execute(MENTION)
    con.execute(f"CREATE OR REPLACE TEMP TABLE listed AS SELECT row_number() OVER () AS _row, * FROM ({query})")
    con.execute("""INSERT INTO mention SELECT ?, ?, ?, _row, ?, NULL, _business, _difficulty, _said FROM listed
                   WHERE _business IS NOT NULL""", [*target.parts[-3:], role])
    own = f"SELECT * EXCLUDE ({', '.join(INNER)}) FROM listed ORDER BY _row"
    return write_xlsx(con, own, target, sheet) if sheet else write_csv(con, own, target)


def write_identity_key(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write a line a distinct mention, after all files: feed, agency, file_name, row_number (1 is the first after
    the header; of JSON the first item), role, place (of an owner in its item's list), business_id, difficulty."""
    con.execute(TRADE)
    write_csv(con, KEY, target)
