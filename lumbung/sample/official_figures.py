"""What BPS would print of the made-up province: totals that differ from the declarations as the real ones do."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from lumbung.sample.tables import write_csv
from lumbung.sample.world import MARK, PROVINCE

AGENCY = "bps-jabar"
# file, first and last month, what the figures are, day of publication
EDITIONS = (
    ("2021-2023", "2021-01", "2023-12", "final", "2024-07-01"),
    ("2024", "2024-01", "2024-09", "provisional", "2024-10-15"))

# One declaration in three of a month's last days is too late for its month and counts in the next. Dollars of the
# items, origin known or not, in thousands with two decimals as they are printed.
TOTALS = f"""
WITH counted AS (
  SELECT strftime(d.registered + if(day(d.registered) > 24 AND d.doc % 3 = 0, 10, 0), '%Y-%m') AS month,
         sum(round(i.usd * 100)::BIGINT)::BIGINT AS cents
  FROM doc d JOIN item i USING (doc) WHERE d.counts GROUP BY 1)
SELECT month AS "Bulan", '{PROVINCE}' AS "Kode Provinsi BPS", 'Jawa Barat' AS "Provinsi",
       'origin' AS "Dasar Provinsi", 'non_oil_gas' AS "Kelompok Komoditas",
       dec2((cents + 500) // 1000) AS "Nilai FOB", 'thousand_usd' AS "Satuan", '{{status}}' AS "Status Angka",
       DATE '{{day}}' AS "Tanggal Terbit", 'Contoh publikasi BPS, ekspor menurut provinsi asal barang' AS "Publikasi",
       '{MARK}' AS "Penanda Data"
FROM counted WHERE month BETWEEN '{{first}}' AND '{{last}}' ORDER BY 1
"""


def write_official_figures(con: duckdb.DuckDBPyConnection, inbox: Path) -> Iterator[dict]:
    """Write BPS's totals, after `write_peb`; yields path, rows and documents a file."""
    for name, first, last, status, day in EDITIONS:
        target = inbox / "bps_export_total" / AGENCY / f"data-buatan-ekspor-provinsi-{name}.csv"
        rows = write_csv(con, TOTALS.format(first=first, last=last, status=status, day=day), target)
        yield {"path": target, "rows": rows, "documents": rows}
