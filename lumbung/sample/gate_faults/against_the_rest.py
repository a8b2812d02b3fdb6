"""What gate marts should see: amounts unlike those of like goods, months unlike those before, places and rates that
are missing, a file that says otherwise than another."""

import copy
import math
from collections.abc import Iterator
from datetime import date

import duckdb

from lumbung.sample.gate_faults import certificates, declarations
from lumbung.sample.gate_faults.certificates import Certificates, changed, sheet
from lumbung.sample.gate_faults.declarations import NEWEST, Declarations, added_up, dated, json_lines
from lumbung.sample.gate_faults.planted import AGENCY, CRITICAL, WARNING, GateFault, marts
from lumbung.sample.world import WINNER

EXPORTS, CERTIFIED, CITIES = "fct_export_item", "fct_certificate_item", "mart_city_export_month"
SMALL_USD = 300.0
# Of all items: enough to make more than one in twenty, or more than one in a hundred.
MANY, SOME = 0.07, 0.02

# Whole cents: a sum of doubles would depend on the order of rows.
CITY_MONTHS = """
SELECT c.code, c.digits, strftime(d.registered, '%Y-%m') AS month, sum(round(i.usd * 100)::BIGINT)::BIGINT AS cents,
       count(DISTINCT d.doc) AS documents
FROM doc d JOIN item i USING (doc) JOIN city c ON c.city = i.origin
WHERE d.counts AND d.registered BETWEEN DATE '2024-03-01' AND DATE '2024-09-30' GROUP BY ALL ORDER BY ALL
"""
DOCUMENTS = """
SELECT DISTINCT a.nomor_aju FROM doc d JOIN item i USING (doc) JOIN city c ON c.city = i.origin JOIN aju a USING (doc)
WHERE d.counts AND c.code = ? AND strftime(d.registered, '%Y-%m') = ? ORDER BY 1
"""


def month_usd(con: duckdb.DuckDBPyConnection, month: str) -> int:
    """Whole dollars of a month's exports whose city is known."""
    return con.execute(f"SELECT sum(cents) // 100 FROM ({CITY_MONTHS}) WHERE month = ?", [month]).fetchone()[0]


def amounts(peb: Declarations, ska: Certificates, con: duckdb.DuckDBPyConnection) -> Iterator[GateFault]:
    """Values, rates and places of single documents."""
    items, = con.execute("SELECT count(*) FROM item").fetchone()
    certified = sum(map(len, ska.quarters.values()))
    # A thousand times as much is more than any city's month.
    usd = max(SMALL_USD, month_usd(con, NEWEST) / 500)
    yield GateFault("value_thousandfold", "peb", AGENCY, ".jsonl", json_lines(_dear(peb, usd, 1000)),
                    "a value in thousands of a dollar, taken for dollars",
                    (marts(EXPORTS, "price_like_its_goods", CRITICAL),))
    yield GateFault("value_fiftyfold", "peb", AGENCY, ".jsonl", json_lines(_dear(peb, SMALL_USD, 50)),
                    "a value fifty times that of such goods", (marts(EXPORTS, "price_near_its_goods", WARNING),))
    for kind, small, factor, check, severity in (
            ("certified_thousandfold", usd, 1000, "price_like_its_goods", CRITICAL),
            ("certified_fiftyfold", SMALL_USD, 50, "price_near_its_goods", WARNING)):
        row, = certificates.worth(ska.take(), small)
        yield GateFault(kind, "ska", AGENCY, ".csv", sheet([row | {"Nilai": f"{small * factor:.2f}"}]),
                        f"a value {factor} times that of such goods", (marts(CERTIFIED, check, severity),))
    slip = _small(peb)
    yield GateFault("ndpbm_slip", "peb", AGENCY, ".jsonl", json_lines(slip | {"ndpbm": round(slip["ndpbm"] / 10, 4)}),
                    "a customs rate with a digit too few",
                    (marts(EXPORTS, "ndpbm_near_the_rate_of_the_day", WARNING),))
    yield GateFault("origin_left_out", "peb", AGENCY, ".jsonl", json_lines(
                        _many(peb, MANY * items, kodeDaerahAsal=None)),
                    "a long declaration names no origin", (marts(EXPORTS, "declared_origin_mostly_known", WARNING),))
    yield GateFault("currency_without_rate", "peb", AGENCY, ".jsonl", json_lines(
                        _many(peb, SOME * items) | {"kodeValuta": "AED", "ndpbm": 4150.0}),
                    "stated in dirham, of which there is no rate", (marts(EXPORTS, "rates_mostly_there", WARNING),))
    yield GateFault("certified_without_rate", "ska", AGENCY, ".csv", sheet(_long(ska, SOME * certified, Valuta="AED")),
                    "stated in dirham, of which there is no rate", (marts(CERTIFIED, "rates_mostly_there", WARNING),))
    yield GateFault("exporter_of_nowhere", "ska", AGENCY, ".csv", sheet(_long(
                        ska, MANY * certified, NPWP="999999993402000", NIB="", Nama_Eksportir="PT Contoh Tanpa Alamat",
                        Kode_Wilayah_Eksportir="")),
                    "an exporter that no register has", (marts(CERTIFIED, "exporter_region_mostly_known", WARNING),))
    said = copy.deepcopy(peb.plain[-1])
    said["barang"][0]["fob"] = round(said["barang"][0]["fob"] * 1.1, 2)
    yield GateFault("said_otherwise", "peb", AGENCY, ".jsonl", json_lines(added_up(said)),
                    "a document that another file has, with another value",
                    (marts("mart_conflict", "no_open_conflicts", WARNING),))


def movements(peb: Declarations, ska: Certificates, con: duckdb.DuckDBPyConnection) -> Iterator[GateFault]:
    """Months of a city or of the province unlike those around them."""
    code, digits, cents = _steady_city(con, but=WINNER)
    # With few documents an empty month would be chance: five more in each of the six months before.
    steady = [declarations.worth(dated(peb.take(), date(2024, month, day)), SMALL_USD, digits)
              for month in range(3, 9) for day in range(11, 16)]
    gone = [peb.newest(number) for (number,) in con.execute(DOCUMENTS, [code, NEWEST]).fetchall()]
    yield GateFault("city_left_out", "peb", AGENCY, ".jsonl", json_lines(
                        *steady,
                        *(d | {"isRevision": "Y", "nomorNota": (d["nomorNota"] or 0) + 1, "tanggalNota": "2024-09-30",
                               "tanggalBatal": "2024-09-30"} for d in gone)),
                    f"all documents of {code} in {NEWEST} are cancelled, and there were many in the months before",
                    (marts(CITIES, "no_city_falls_silent", WARNING),))
    in_all = month_usd(con, NEWEST)
    yield GateFault("month_moved", "peb", AGENCY, ".jsonl", json_lines(declarations.worth(
                        dated(peb.take(), date(2024, 6, 14)), max(20_000, cents / 100), WINNER.replace(".", ""))),
                    "a late declaration as large as a city's month",
                    (marts(CITIES, "months_of_last_release_stand", WARNING),))
    yield GateFault("one_city_swells", "peb", AGENCY, ".jsonl", json_lines(declarations.worth(
                        dated(peb.take(), date(2024, 9, 18)), 1.2 * in_all, WINNER.replace(".", ""))),
                    "a declaration larger than all others of its month",
                    (marts(CITIES, "share_of_city_steady", WARNING),))
    large = ska.take(lambda rows: bool(rows[0]["Kode Wilayah Eksportir"]))
    yield GateFault("province_swells", "ska", AGENCY, ".csv", sheet(changed(
                        certificates.worth(large, 3.0 * in_all), Tanggal_Terbit="2024-09-18")),
                    "a certificate larger than many months",
                    (marts(CITIES, "newest_month_like_those_before", WARNING),))


def _small(peb: Declarations) -> dict:
    return declarations.worth(peb.take(), SMALL_USD)


def _dear(peb: Declarations, usd: float, factor: int) -> dict:
    document = declarations.worth(peb.take(), usd)
    document["barang"][0]["fob"] = round(usd * factor, 2)
    return added_up(document)


def _many(peb: Declarations, rows: float, **changes) -> dict:
    document = _small(peb)
    document["barang"] = [document["barang"][0] | changes | {"seriBarang": number}
                          for number in range(1, math.ceil(rows) + 1)]
    return added_up(document)


def _long(ska: Certificates, rows: float, **changes: str) -> list[dict]:
    row, = changed(certificates.worth(ska.take(), SMALL_USD), **changes)
    return [row | {"No Barang": str(number)} for number in range(1, math.ceil(rows) + 1)]


def _steady_city(con: duckdb.DuckDBPyConnection, but: str) -> tuple[str, str, int]:
    """Code, digits and cents of a month of the city with fewest documents in the newest month, of those with exports
    in most of the six before."""
    return con.execute(f"""
        SELECT code, digits, max(cents) FILTER (month = ?) FROM ({CITY_MONTHS}) WHERE code <> ? GROUP BY ALL
        HAVING count(*) FILTER (month = ?) = 1
        ORDER BY count(*) DESC, sum(documents) FILTER (month = ?), code LIMIT 1""",
        [NEWEST, but, NEWEST, NEWEST]).fetchone()
