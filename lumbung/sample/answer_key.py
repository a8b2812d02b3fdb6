"""The answers to a made-up inbox: what each file holds, which documents changed, what should come out."""

import json
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.sample.gate_faults import COLUMNS as GATE_COLUMNS
from lumbung.sample.tables import write_csv
from lumbung.sample.world import BELOW_FLOOR, FEW_EXPORTERS, NEVER, NEW, WINNER, Cities

# Amounts stay in the stated currency: which rate a warehouse takes is its rule, not the sample's.
CITY_MONTH = """
SELECT 'peb' AS basis, coalesce(origin_code, '00.00') AS region_code, strftime(d.registered, '%Y-%m') AS month,
       y.code AS currency, 'fob' AS value_basis, dec2(sum(r.minor)::BIGINT) AS amount, count(*) AS items,
       count(DISTINCT r.doc) AS documents, count(DISTINCT e.business) AS exporters
FROM (FROM peb_row QUALIFY coalesce(note_number, 0) = max(coalesce(note_number, 0)) OVER (PARTITION BY doc)) r
     JOIN doc d USING (doc) JOIN exporter e USING (exporter) JOIN currency y USING (currency)
WHERE d.counts GROUP BY ALL
UNION ALL
SELECT 'ska', c.code, strftime(r."Tanggal Terbit", '%Y-%m'), r."Valuta", r."Dasar Nilai", sum(r."Nilai"), count(*),
       count(DISTINCT r.cert), count(DISTINCT r.exporter_business)
FROM (FROM ska_row QUALIFY coalesce("Tanggal Perubahan", DATE '1900-01-01')
                           = max(coalesce("Tanggal Perubahan", DATE '1900-01-01')) OVER (PARTITION BY cert)) r
     JOIN cert k USING (cert) JOIN city c ON c.city = r.city
WHERE k.counts GROUP BY ALL
ORDER BY ALL
"""

CHANGED = """
SELECT 'peb' AS feed, a.nomor_aju AS document, d.kind,
       was.nomor_aju AS replaces, count(*) AS versions, d.counts
FROM doc d JOIN aju a USING (doc) LEFT JOIN aju was ON was.doc = d.original JOIN version v USING (doc)
WHERE d.kind <> 'plain' GROUP BY ALL
UNION ALL
SELECT 'ska', n.certificate_number, k.kind, was.certificate_number, count(*), k.counts
FROM cert k JOIN number n USING (cert) LEFT JOIN number was ON was.cert = k.original JOIN cert_version v USING (cert)
WHERE k.kind <> 'plain' GROUP BY ALL
ORDER BY ALL
"""

FAULT_COLUMNS = {
    "path": "VARCHAR", "feed": "VARCHAR", "document": "VARCHAR", "row_number": "BIGINT", "item": "BIGINT",
    "column_name": "VARCHAR", "raw_value": "VARCHAR", "reason_code": "VARCHAR"}
# Only where something was planted: a sound sample stays what it was before there were outcomes.
OUTCOME_COLUMNS = {"sheet": "VARCHAR", "kind": "VARCHAR", "expected": "VARCHAR", "value": "VARCHAR"}


def write_answer_key(con: duckdb.DuckDBPyConnection, cities: Cities, files: list[dict], faults: list[dict],
                     folder: Path, *, rows: int, seed: int, fault_rate: float) -> dict:
    """Write city_month.csv, documents.csv, files.csv, faults.csv and answer_key.json; returns what the last says."""
    write_csv(con, CITY_MONTH, folder / "city_month.csv")
    write_csv(con, CHANGED, folder / "documents.csv")
    _rows_to_csv(con, files, folder / "files.csv", {
        "path": "VARCHAR", "feed": "VARCHAR", "agency": "VARCHAR", "rows": "BIGINT", "documents": "BIGINT",
        "rows_accepted": "BIGINT", "rows_quarantined": "BIGINT"})
    _rows_to_csv(con, faults, folder / "faults.csv", FAULT_COLUMNS | (OUTCOME_COLUMNS if faults else {}))
    summary = {
        "mark": "DATA BUATAN", "rows_asked": rows, "seed": seed, "fault_rate": fault_rate,
        "files": len(files), "rows_by_feed": _by_feed(files), "faults": len(faults), **_by_kind(faults),
        "province": "32", "months": ["2021-01", "2024-09"],
        "headline_2024": {"through": "2024-09", "first": WINNER, "below_floor": BELOW_FLOOR, "no_exports": NEVER,
                          "new": NEW, "few_exporters": FEW_EXPORTERS,
                          "cities": [_intended(cities, i) for i in range(len(cities.codes))]}}
    (folder / "answer_key.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return summary


def write_gate_key(con: duckdb.DuckDBPyConnection, lines: list[dict], folder: Path) -> None:
    """Write gates.csv: the checks that must fail for each of the deliveries under gate_faults/."""
    _rows_to_csv(con, lines, folder / "gates.csv", dict.fromkeys(GATE_COLUMNS, "VARCHAR"))


def _intended(cities: Cities, i: int) -> dict:
    """What the generator aimed at, in whole dollars; the files come within a percent of it."""
    told = {"region_code": cities.codes[i], "region_name": cities.names[i]}
    for basis, usd in (("peb", cities.peb_usd), ("ska", cities.ska_usd)):
        base, current = usd[i, 2, 0], usd[i, 3, 0]
        told[basis] = {"base_usd": round(base), "current_usd": round(current),
                       "growth_pct": round(100 * (current / base - 1), 1) if base else None}
    return told


def _by_feed(files: list[dict]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for file in files:
        totals[file["feed"]] = totals.get(file["feed"], 0) + file["rows"]
    return dict(sorted(totals.items()))


def _by_kind(faults: list[dict]) -> dict:
    kinds = dict(sorted(Counter(fault["kind"] for fault in faults).items()))
    return {"faults_by_kind": kinds} if kinds else {}


def _rows_to_csv(con: duckdb.DuckDBPyConnection, rows: list[dict], target: Path, columns: dict[str, str]) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE told (" + ", ".join(f"{n} {t}" for n, t in columns.items()) + ")")
    if rows:
        con.register("arrived", pa.table({
            name: [row.get(name) if row.get(name) != "" else None for row in rows] for name in columns}))
        con.execute("INSERT INTO told FROM arrived")
        con.unregister("arrived")
    write_csv(con, "FROM told ORDER BY ALL", target)
