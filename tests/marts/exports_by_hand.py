"""Exports of a few cities of West Java from 2021 to March 2025, small enough to add up by hand.

Kabupaten Bogor (32.01) sells 1,000 dollars in every month but February 2021, so that every other month is there.
"""

from itertools import count

from loaded_warehouse import Warehouse, aju

FILLED = [(y, m) for y in (2021, 2022, 2023, 2024) for m in range(1, 13) if (y, m) != (2021, 2)]
FILLED += [(2025, 1), (2025, 2), (2025, 3)]
TRADER = {"origin_region_code": "32.01", "exporter_party_key": "k1:trader"}

# Kota Depok, month -> exporter, dollars, product, country
DEPOK = {
    "2022-01": [("a", 100, "460211", "AU"), ("b", 50, "460211", "AU")],
    "2022-02": [("b", 7, "460211", "AU")],
    "2022-03": [("a", 100, "460211", "AU")],
    "2022-06": [("a", 40, "460211", "AU")],
    "2023-01": [("a", 300, "460211", "AU")],
    "2023-02": [("c", 80, "460211", "JP")],
    "2023-03": [("a", 100, "940360", "AU"), ("c", 100, "940360", "JP"), ("d", 20, "940360", "US")],
    "2023-05": [(None, 100, "090111", "AU")],
    "2024-05": [("a", 10, "460211", "AU"), ("c", 10, "460211", "AU"), ("e", 10, "460211", "AU")],
}

# Kota Bandung, February 2024: declarations that were corrected, cancelled and replaced.
BANDUNG = {"origin_region_code": "32.73", "exporter_party_key": "k1:bandung"}


def plant(w: Warehouse) -> None:
    """Send all of it."""
    number = count(1000)
    w.peb(*({**TRADER, "nomor_aju": aju(next(number)), "registered_on": f"{y}-{m:02}-10"} for y, m in FILLED),
          name="every-month.csv")
    w.peb(*({"nomor_aju": aju(next(number)), "registered_on": f"{month}-15",
             "exporter_party_key": exporter and f"k1:{exporter}", "item_fob": f"{usd}.00", "hs_code": f"{hs}00",
             "destination_country_code": country}
            for month, items in DEPOK.items() for exporter, usd, hs, country in items), name="depok.csv")
    w.peb({"nomor_aju": aju(2000), "registered_on": "2023-03-15", "item_fob": "999.00", "is_synthetic": True},
          name="made-up.csv")
    w.peb({"nomor_aju": aju(2001), "registered_on": "2024-02-15", "item_fob": "77.00", "origin_region_code": "91.03",
           "exporter_party_key": "k1:papua"},
          {"nomor_aju": aju(2002), "registered_on": "2024-02-15", "item_fob": "500.00", "is_oil_gas": True, **TRADER},
          name="beside.csv")
    _versions(w)
    _certificates(w)
    _rosters(w)
    _totals(w)


def _versions(w: Warehouse) -> None:
    def declared(number: int, day: str, usd: str, **more) -> dict:
        return {**BANDUNG, "nomor_aju": aju(number), "registered_on": day, "item_fob": usd, **more}

    note = {"note_number": 1, "note_date": "2024-04-05"}
    # Corrected in April, cancelled in its own month, replaced in March; one of which only the correction is known,
    # and one that came once, with the day it was cancelled.
    w.peb(declared(1, "2024-02-10", "1000.00"), declared(2, "2024-02-12", "500.00"),
          declared(3, "2024-02-20", "300.00"),
          declared(5, "2024-02-15", "250.00", note_number=1, note_date="2024-05-01"),
          declared(7, "2024-02-20", "60.00", cancelled_on="2024-06-01"), name="first.csv")
    w.peb(declared(1, "2024-02-10", "700.00", **note),
          declared(2, "2024-02-12", "500.00", note_number=1, note_date="2024-02-25", cancelled_on="2024-02-25"),
          declared(4, "2024-03-02", "310.00", replaces_nomor_aju=aju(3)), name="later.csv")


def _certificates(w: Warehouse) -> None:
    def certified(number: int, day: str, usd: str, **more) -> dict:
        return {"certificate_number": f"{number:03}/BDG/2024", "issued_on": day, "item_value": usd,
                "exporter_region_code": "32.73", **more}

    w.ska(certified(1, "2024-02-05", "400.00"), certified(2, "2024-02-06", "200.00"),
          certified(3, "2024-02-07", "100.00"), certified(5, "2024-02-08", "80.00"),
          certified(9, "2024-12-02", "1.00"), agency="ipska-jabar", name="first.csv")
    w.ska(certified(1, "2024-02-05", "450.00", amended_on="2024-03-20", status="amended"),
          certified(2, "2024-02-06", "200.00", status="cancelled"),
          certified(4, "2024-04-01", "120.00", replaces_number="003/BDG/2024"),
          certified(5, "2024-02-08", "80.00", amended_on="2024-05-10", status="cancelled"),
          agency="ipska-jabar", name="later.csv")


def _rosters(w: Warehouse) -> None:
    line = {"business_name": "CV A", "region_code": "32.76", "is_synthetic": False, "roster_number": 1}
    for day, key in (("2022-01-15", "k1:a"), ("2023-03-10", "k1:c")):
        w.send("agency_roster", [{**line, "as_of": day, "party_key": key}], agency="disdagin-depok")


def _totals(w: Warehouse) -> None:
    printed = {"bps_province_code": "32", "counted_at": "origin", "commodity_group": "non_oil_gas",
               "value_unit": "thousand_usd", "figure_status": "final", "published_on": "2024-12-01",
               "publication": "Berita", "is_synthetic": False}

    def total(month: str, value: str, **more) -> dict:
        return {**printed, "export_month": month, "stated_value": value, **more}

    w.send("bps_export_total", [
        total("2024-02", "1.1", figure_status="provisional", published_on="2024-03-15")], agency="bps-jabar")
    w.send("bps_export_total", [
        total("2024-01", "1.5"), total("2024-02", "1.95"), total("2024-04", "1", figure_status="provisional"),
        total("2024-02", "0.00245", commodity_group="all", value_unit="million_usd"),
        total("2024-02", "9", counted_at="port"), total("2024-02", "9", commodity_group="oil_gas"),
        total("2024-02", "77", bps_province_code="94", value_unit="usd"),
        total("2024-02", "1", bps_province_code="99")], agency="bps-jabar")
