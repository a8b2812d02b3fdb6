"""A file of made-up export declarations, as large as one likes: the same bytes for the same number of rows."""

import argparse
from pathlib import Path

import duckdb

from lumbung.contracts.catalogue import contract_of

SQL = Path(__file__).with_name("declarations.sql")
ITEMS_A_DOCUMENT = 3
DOCUMENTS_AN_EXPORTER = 50
# 45 months, and in how many days before a delivery some of the documents are corrected once more.
DAYS, RECENT_DAYS = 1369, 30
DOCUMENTS_A_BLOCK = 100


def write_declarations(path: Path, rows: int, after: int = 0, history: int = 0) -> Path:
    """Write `rows` PEB items (about 200 bytes each) to one CSV and return its path.

    Headers are the first synonym of each column of the contract that is not made from another. About three items a
    document, 45 months from January 2021, all 27 kota/kabupaten of West Java and twelve others; of the documents 1 %
    come again as a correction and 0.5 % are cancelled; 0.1 % of the rows are broken (FOB not a number, no HS code).

    With `after`, they are the rows that come next after so many, and bring corrections of some documents of the 30
    days before. `history` is how many rows make up the 45 months (`rows` itself, unless said); later ones go on at
    that pace.
    """
    con = duckdb.connect()
    try:
        documents = max((history or rows) // ITEMS_A_DOCUMENT, 1)
        con.execute("SET VARIABLE first = $1", [after])
        con.execute("SET VARIABLE rows = $1", [rows])
        con.execute("SET VARIABLE recent_blocks = $1", [
            documents * RECENT_DAYS // DAYS // DOCUMENTS_A_BLOCK if after else 0])
        con.execute("SET VARIABLE documents = $1", [documents])
        con.execute("SET VARIABLE exporters = $1", [max(documents // DOCUMENTS_AN_EXPORTER, 100)])
        con.execute(SQL.read_text(encoding="utf-8"))
        made = {name for name, *_ in con.execute("DESCRIBE declared").fetchall()}
        columns = ", ".join(
            f'{column.name if column.name in made else "NULL"} AS "{column.synonyms[0]}"'
            for column in contract_of("peb").columns if not column.part)
        path.parent.mkdir(parents=True, exist_ok=True)
        con.execute(f"COPY (SELECT {columns} FROM declared) TO '{path}' (HEADER, DELIMITER ',')")
    finally:
        con.close()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Write made-up export declarations to a CSV.")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--after", type=int, default=0, help="How many rows there are before these.")
    parser.add_argument("--history", type=int, default=0, help="How many rows make up the 45 months.")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    write_declarations(given.out, given.rows, given.after, given.history)


if __name__ == "__main__":
    main()
