"""Releases of a few rows, written by hand with the figures that they must come to: nothing of dbt is asked."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from lumbung.diff import Asked, CityChange, Difference, explain

FACT = {"certificate_number": "VARCHAR", "amended_on": "DATE", "issued_on": "DATE", "exporter_party_key": "VARCHAR",
        "stated_region_code": "VARCHAR", "currency": "VARCHAR", "stated_value": "DECIMAL(18,2)", "load_id": "VARCHAR",
        "has_conflict": "BOOLEAN", "is_synthetic": "BOOLEAN"}
CERTIFICATE = {"amended_on": None, "exporter_party_key": "p", "stated_region_code": "32.76", "currency": "USD",
               "load_id": "one", "has_conflict": False, "is_synthetic": False}
RULE = {"rule_name": "headline", "rule_version": 1, "basis": "ska", "place": "exporter", "rate_source": "ecb",
        "floor_usd": "100.00", "minimum_exporters": 1}
TABLES = {
    "dim_exchange_rate": {"rate_source": "VARCHAR", "currency": "VARCHAR", "day": "DATE", "rate_date": "DATE",
                          "usd_numerator": "DECIMAL(38,0)", "usd_denominator": "DECIMAL(38,0)",
                          "is_synthetic": "BOOLEAN"},
    "dim_region": {"region_code": "VARCHAR", "current_region_code": "VARCHAR", "province_code": "VARCHAR"},
    "dim_exporter_region": {"exporter_party_key": "VARCHAR", "is_synthetic": "BOOLEAN", "region_code": "VARCHAR"},
    "bridge_party_business": {"party_key": "VARCHAR", "ikm_id": "VARCHAR"},
    "mart_document_version": {"feed": "VARCHAR", "is_synthetic": "BOOLEAN", "document_key": "VARCHAR",
                              "load_id": "VARCHAR", "outcome": "VARCHAR", "replaces_document_key": "VARCHAR",
                              "is_contradicted": "BOOLEAN"},
    "mart_row_conservation": {"load_id": "VARCHAR", "load_status": "VARCHAR"},
    "mart_city_export_month": {"basis": "VARCHAR", "is_synthetic": "BOOLEAN", "region_code": "VARCHAR",
                               "month": "DATE"},
    "mart_city_ranking": {"rule_name": "VARCHAR", "rule_version": "INTEGER", "basis": "VARCHAR",
                          "is_synthetic": "BOOLEAN", "province_code": "VARCHAR", "year": "INTEGER",
                          "through_month": "DATE", "region_code": "VARCHAR", "region_name": "VARCHAR",
                          "rank": "INTEGER", "base_usd": "DECIMAL(24,2)", "current_usd": "DECIMAL(24,2)",
                          "growth_pct": "DECIMAL(24,2)", "unranked_reason": "VARCHAR", "months_used": "VARCHAR",
                          "is_in_force": "BOOLEAN"}}
DEPOK, BANDUNG = "32.76", "32.73"


@dataclass(frozen=True)
class ByHand:
    """A release as said by hand.

    `figures` is city -> (base, current, rank); `rates` is (source, currency, day) -> (numerator, denominator);
    `businesses` is party -> business.
    """

    certificates: tuple[dict, ...]
    figures: dict[str, tuple[str, str, int | None]]
    months: str = "2024-01"
    rates: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    register: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=lambda: {DEPOK: DEPOK, BANDUNG: BANDUNG})
    businesses: dict[str, str] = field(default_factory=dict)
    rule: dict = field(default_factory=lambda: RULE)
    code: str = "code one"
    loads: tuple[str, ...] = ("one",)
    rows_of_load: int = 9

    def but(self, **changed) -> "ByHand":
        return replace(self, **changed)


@dataclass(frozen=True)
class Written:
    id: str
    path: Path
    manifest: dict


def certificate(number: str, day: str, value: str, **more) -> dict:
    """A certificate of one item."""
    return CERTIFICATE | {"certificate_number": number, "issued_on": day, "stated_value": value} | more


def write(release: ByHand, folder: Path) -> Written:
    """Write the Parquet of a release."""
    last = f"{release.months.rsplit(',', 1)[-1]}-01"
    rule = release.rule
    rows = {
        "dim_exchange_rate": [(*key, key[2], *rate, False) for key, rate in release.rates.items()],
        "dim_region": [(code, today, "32") for code, today in release.codes.items()],
        "dim_exporter_region": [(party, False, code) for party, code in release.register.items()],
        "bridge_party_business": list(release.businesses.items()),
        "mart_document_version": [], "mart_row_conservation": [(load, "loaded") for load in release.loads],
        "mart_city_export_month": [("ska", False, DEPOK, f"{year}-{month:02d}-01") for year in (2023, 2024)
                                   for month in (1, 2)],
        "mart_city_ranking": [
            (rule["rule_name"], rule["rule_version"], "ska", False, "32", 2024, last, city, city, rank, base, current,
             None, None if rank else "below_floor", release.months, True)
            for city, (base, current, rank) in release.figures.items()]}
    files = []
    for name, columns in TABLES.items():
        files.append(_parquet(folder, f"internal/tables/{name}.parquet", columns, rows[name]))
    months = sorted({c["issued_on"][:7] for c in release.certificates})
    for month in months:
        files.append(_parquet(
            folder, f"internal/facts/fct_certificate_item/{month}.parquet", FACT,
            [tuple(c[name] for name in FACT) for c in release.certificates if c["issued_on"].startswith(month)]))
    loads = [{"load_id": load, "feed": "ska", "agency": "x", "sha256": load, "rows": release.rows_of_load}
             for load in release.loads]
    return Written(folder.name, folder, {
        "files": files, "tables": dict.fromkeys(TABLES), "loads": loads, "rules": [rule],
        "code_version": release.code})


def compare(folder: Path, before: ByHand, after: ByHand, restated: ByHand | None = None, **how) -> Difference:
    """Write both and ask why the list of 2024 changed."""
    made = restated and write(restated, folder / "restated")
    return explain(write(before, folder / "before"), write(after, folder / "after"), Asked("ska", "32", 2024),
                   restated=made, **how)


def causes(found: Difference, city: str = DEPOK) -> dict[str, tuple[str, str]]:
    """Cause -> what it gave base and current window, as dollars."""
    return {cause.name: tuple(map(dollars, cause.cents)) for cause in _city(found, city).causes}


def reverse_causes(found: Difference, city: str = DEPOK) -> dict[str, tuple[str, str]]:
    return {cause.name: tuple(map(dollars, cause.reverse_cents)) for cause in _city(found, city).causes}


def rank_path(found: Difference, city: str = DEPOK) -> dict[str, int | str | None]:
    return dict(_city(found, city).rank_path)


def dollars(cents: int) -> str:
    return str(Decimal(cents) / 100)


def _city(found: Difference, city: str) -> CityChange:
    return next(change for change in found.cities if change.row.region_code == city)


def _parquet(folder: Path, name: str, columns: dict[str, str], rows: list[tuple]) -> dict:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.with_suffix(".json")
    lines.write_text("\n".join(json.dumps(dict(zip(columns, row, strict=True))) for row in rows))
    kinds = ", ".join(f"{column}: '{kind}'" for column, kind in columns.items())
    duckdb.sql(f"COPY (SELECT * FROM read_json('{lines}', columns = {{{kinds}}}, format = 'newline_delimited')) "
               f"TO '{path}' (FORMAT parquet)")
    return {"path": name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
