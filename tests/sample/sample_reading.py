"""A second reading of an inbox, in DuckDB alone: nothing of lumbung is used here."""

from pathlib import Path

import duckdb
from currency_converter import CurrencyConverter

PEB_COLUMNS = {
    "nomorAju": "VARCHAR", "nomorNota": "INTEGER", "tanggalBatal": "DATE", "tanggalDaftar": "VARCHAR",
    "kodeValuta": "VARCHAR", "penandaData": "VARCHAR",
    "barang": "STRUCT(seriBarang INTEGER, fob VARCHAR, kodeDaerahAsal VARCHAR, posTarif VARCHAR)[]",
    "entitas": "STRUCT(kodeEntitas VARCHAR, nomorIdentitas VARCHAR)[]"}


def read(inbox: Path) -> duckdb.DuckDBPyConnection:
    """A database with peb (one line an item of a version), ska (likewise), and rate (dollars a unit and day).

    Files of agencies called `contoh-berantakan-…` are planted messes and are left alone.
    """
    con = duckdb.connect()
    jsons = [str(p) for p in sorted(inbox.glob("peb/bea-cukai/*.json*"))]
    con.execute("""CREATE TABLE peb AS
        WITH line AS (SELECT * EXCLUDE barang, unnest(barang) AS b,
                             list_filter(entitas, lambda e: e.kodeEntitas = '2') AS e
                      FROM read_json(?, format = 'newline_delimited', columns = $columns))
        SELECT nomorAju AS document, nomorNota AS note, tanggalBatal IS NOT NULL AS cancelled,
               try_cast(tanggalDaftar AS DATE) AS day, kodeValuta AS currency,
               try_cast(b.fob AS DECIMAL(24, 2)) AS amount, b.kodeDaerahAsal AS city,
               e[1].nomorIdentitas AS exporter, b.posTarif AS hs_code, penandaData AS mark, b.seriBarang AS item
        FROM line""".replace("$columns", str(PEB_COLUMNS)), [jsons])
    con.execute("""INSERT INTO peb
        SELECT "Nomor Aju", "Nomor Nota"::INTEGER, "Tanggal Batal" IS NOT NULL, try_cast("Tanggal Daftar" AS DATE),
               "Valuta", try_cast("FOB" AS DECIMAL(24, 2)), "Daerah Asal", "NPWP", "Pos Tarif", "Penanda Data",
               "Seri Barang"::INTEGER
        FROM read_csv(?, all_varchar = true)""", [[str(p) for p in sorted(inbox.glob("peb/bea-cukai/*.csv"))]])
    con.execute("CREATE TABLE ska (" + ", ".join(f'"{name}" VARCHAR' for name in SKA_HEADERS) + ")")
    for path in sorted(inbox.glob("ska/ipska-jabar/*.csv")):
        con.execute("INSERT INTO ska BY NAME FROM read_csv(?, all_varchar = true)", [str(path)])
    con.execute("CREATE TABLE register (npwp VARCHAR, city VARCHAR)")
    con.executemany("INSERT INTO register VALUES (?, ?)", _register(inbox))
    con.execute("CREATE TABLE rate (day DATE, currency VARCHAR, usd DOUBLE)")
    ecb = CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known",
                            fallback_on_wrong_date=True)
    wanted = con.execute("""SELECT DISTINCT day, currency FROM (SELECT day, currency FROM peb UNION ALL
        SELECT try_cast("Tanggal Terbit" AS DATE), "Valuta" FROM ska) WHERE day IS NOT NULL AND length(currency) = 3
        """).fetchall()
    con.executemany("INSERT INTO rate VALUES (?, ?, ?)",
                    [(day, currency, ecb.convert(1, currency, "USD", date=day)) for day, currency in wanted])
    con.execute(COUNTED)
    return con


SKA_HEADERS = (
    "Nomor SKA", "Formulir", "Kode IPSKA", "Tanggal Terbit", "Tanggal Perubahan", "Status", "Menggantikan Nomor",
    "NPWP", "NIB", "Nama Eksportir", "Alamat Eksportir", "Kode Wilayah Eksportir", "Nama Produsen",
    "Kode Wilayah Produsen", "Nomor Aju PEB", "Negara Tujuan", "No Barang", "Kode HS", "Uraian Barang", "Jumlah",
    "Satuan", "Netto", "Nilai", "Valuta", "Dasar Nilai", "Penanda Data")

# What counts, one line an item: the newest version, registered or issued, not cancelled and not replaced.
COUNTED = """
CREATE VIEW counted AS
SELECT 'peb' AS basis, coalesce(left(city, 2) || '.' || right(city, 2), '00.00') AS city, day, currency, amount,
       'fob' AS value_basis, exporter, document
FROM (FROM peb QUALIFY coalesce(note, 0) = max(coalesce(note, 0)) OVER (PARTITION BY document))
WHERE NOT cancelled AND day IS NOT NULL
UNION ALL
SELECT 'ska', coalesce(s."Kode Wilayah Eksportir", r.city), try_cast(s."Tanggal Terbit" AS DATE), s."Valuta",
       try_cast(s."Nilai" AS DECIMAL(24, 2)), s."Dasar Nilai", regexp_replace(s."NPWP", '\\D', '', 'g'), s."Nomor SKA"
FROM (FROM ska QUALIFY coalesce("Tanggal Perubahan", '') = max(coalesce("Tanggal Perubahan", ''))
                       OVER (PARTITION BY "Nomor SKA")) s
     LEFT JOIN register r ON r.npwp = regexp_replace(s."NPWP", '\\D', '', 'g')
WHERE s."Status" IN ('issued', 'amended')
  AND s."Nomor SKA" NOT IN (SELECT "Menggantikan Nomor" FROM ska WHERE "Menggantikan Nomor" IS NOT NULL)
"""


def windows(con: duckdb.DuckDBPyConnection, basis: str, bases: tuple[str, ...] = ("fob",)) -> dict[str, dict]:
    """City -> base, current (dollars, January to September 2023 and 2024), exporters of the two windows."""
    rows = con.execute("""
        SELECT city, coalesce(sum(amount * usd) FILTER (year(day) = 2023), 0),
               coalesce(sum(amount * usd) FILTER (year(day) = 2024), 0),
               count(DISTINCT exporter) FILTER (year(day) = 2023), count(DISTINCT exporter) FILTER (year(day) = 2024)
        FROM counted JOIN rate USING (day, currency)
        WHERE basis = ? AND month(day) <= 9 AND year(day) IN (2023, 2024) AND list_contains(?, value_basis)
        GROUP BY city
        """, [basis, list(bases)]).fetchall()
    names = ("base", "current", "exporters_base", "exporters_current")
    return {city: dict(zip(names, values, strict=True)) for city, *values in rows}


def ranked(cities: dict[str, dict], floor: float = 100_000, exporters: int = 3) -> list[str]:
    """City codes from the highest growth on, of those with a base over the floor and enough exporters."""
    able = {city: w["current"] / w["base"] for city, w in cities.items()
            if city != "00.00" and w["base"] >= max(floor, 0.01)
            and min(w["exporters_base"], w["exporters_current"]) >= exporters}
    return sorted(able, key=able.get, reverse=True)


def _register(inbox: Path) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    newest = max(inbox.glob("exporter_register/*/*.xlsx"))
    header, *rows = CalamineWorkbook.from_path(newest).get_sheet_by_index(0).to_python()
    return [[row[header.index("NPWP")], row[header.index("Kode Wilayah")]] for row in rows]
