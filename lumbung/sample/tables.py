"""The made-up trade as DuckDB tables, and the ways a table becomes a file."""

from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import xlsxwriter

from lumbung.sample.certificates import BASES, Certificates
from lumbung.sample.declarations import Declarations
from lumbung.sample.world import CURRENCIES, DESTINATIONS, ISSUERS, OFFICES, PRODUCTS, Cities

# A workbook tells when it was made; the sample's never changes.
WORKBOOK_DATE = datetime(2024, 10, 1, 8, 0, 0)  # noqa: DTZ001 (XlsxWriter writes it as it stands)


def connect(cities: Cities, peb: Declarations, ska: Certificates,
            others: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """An in-memory database with tables city, product, destination, doc, item, version, cert, cert_item,
    cert_version and those of `others`. Money is in hundredths of a unit (`minor`)."""
    con = duckdb.connect(config={"memory_limit": "2GB"})
    con.execute("SET enable_progress_bar = false")      # `lumbung sample` prints data
    _load(con, "city", {"city": np.arange(len(cities.codes)), "code": list(cities.codes),
                        "digits": [c.replace(".", "") for c in cities.codes], "name": list(cities.names)})
    _load(con, "product", {"product": np.arange(len(PRODUCTS)), **_columns(
        PRODUCTS, ("hs_code", "description", "unit", "price", "kg", "sector", "kbli"))})
    _load(con, "destination", {"destination": np.arange(len(DESTINATIONS)), **_columns(
        DESTINATIONS, ("country", "port", "own_currency", "share", "form"))})
    _load(con, "currency", {"currency": np.arange(len(CURRENCIES)), "code": list(CURRENCIES)})
    _load(con, "office", {"office": np.arange(len(OFFICES)), **_columns(OFFICES, ("code", "port"))})
    _load(con, "issuer", {"issuer": np.arange(len(ISSUERS)), "code": list(ISSUERS)})
    _load(con, "basis", {"basis": np.arange(len(BASES)), "code": list(BASES)})
    _load(con, "doc", {"doc": np.arange(len(peb.docs["city"])), **peb.docs})
    _load(con, "item", peb.items)
    _load(con, "version", peb.versions)
    _load(con, "cert", {"cert": np.arange(len(ska.certs["doc"])), **ska.certs})
    _load(con, "cert_item", ska.items)
    _load(con, "cert_version", ska.versions)
    for name, table in others.items():
        con.register("arrived", table)
        con.execute(f"CREATE TABLE {name} AS FROM arrived")
        con.unregister("arrived")
    return con


def write_csv(con: duckdb.DuckDBPyConnection, query: str, target: Path, delimiter: str = ",") -> int:
    """Write a query's rows with their header; returns the number of rows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return con.execute(f"COPY ({query}) TO '{_quoted(target)}' (FORMAT csv, HEADER, DELIMITER '{delimiter}')"
                       ).fetchone()[0]


def write_json_lines(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write a JSON object a line; returns the number of lines."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return con.execute(f"COPY ({query}) TO '{_quoted(target)}' (FORMAT json)").fetchone()[0]


def write_xlsx(con: duckdb.DuckDBPyConnection, query: str, target: Path, sheet: str) -> int:
    """Write a query's rows as one sheet, header in the first row; returns the number of rows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    result = con.execute(query)
    header = [column[0] for column in result.description]
    rows = result.fetchall()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": WORKBOOK_DATE, "title": "DATA BUATAN"})
        page = book.add_worksheet(sheet)
        for number, row in enumerate([header, *rows]):
            page.write_row(number, 0, row)
    return len(rows)


def _columns(rows: tuple, names: tuple[str, ...]) -> dict[str, list]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _load(con: duckdb.DuckDBPyConnection, name: str, columns: dict) -> None:
    # NumPy days go over as dates; Arrow knows them.
    con.register("arrived", pa.table({key: pa.array(values) for key, values in columns.items()}))
    con.execute(f"CREATE TABLE {name} AS FROM arrived")
    con.unregister("arrived")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
