"""A small release of West Java's 27 cities, made through the public way in."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from lumbung.lake.home import Home
from lumbung.publish import publish

CITIES = dict(
    line.split(" ", 1) for line in """32.01 Kabupaten Bogor
32.02 Kabupaten Sukabumi
32.03 Kabupaten Cianjur
32.04 Kabupaten Bandung
32.05 Kabupaten Garut
32.06 Kabupaten Tasikmalaya
32.07 Kabupaten Ciamis
32.08 Kabupaten Kuningan
32.09 Kabupaten Cirebon
32.10 Kabupaten Majalengka
32.11 Kabupaten Sumedang
32.12 Kabupaten Indramayu
32.13 Kabupaten Subang
32.14 Kabupaten Purwakarta
32.15 Kabupaten Karawang
32.16 Kabupaten Bekasi
32.17 Kabupaten Bandung Barat
32.18 Kabupaten Pangandaran
32.71 Kota Bogor
32.72 Kota Sukabumi
32.73 Kota Bandung
32.74 Kota Cirebon
32.75 Kota Bekasi
32.76 Kota Depok
32.77 Kota Cimahi
32.78 Kota Tasikmalaya
32.79 Kota Banjar""".splitlines())
UNRANKED = {"32.79": "no_exports", "32.18": "new", "32.72": "below_floor", "32.07": "few_exporters"}
RULES = [
    ("headline", 1, "2020-01-01", "peb", "declared_origin", "registered_on", "ecb", "100000.00", 3, True, "Aturan PEB"),
    ("headline", 1, "2020-01-01", "ska", "exporter", "issued_on", "ecb", "100000.00", 3, True, "Aturan SKA")]
MANIFEST = {"nodes": {f"model.lumbung.{name}": {
    "resource_type": "model", "name": name, "alias": name, "schema": "marts", "columns": {}, "description": "",
    "config": {"meta": {"grain": grain}}} for name, grain in {
        "mart_city_ranking": ["rule_name", "basis", "is_synthetic", "province_code", "year", "through_month",
                              "region_code"],
        "dim_region": ["region_code"]}.items()}}
GATES = [{"step": step, "passed": True, "checks": [
    {"suite": step, "table": "t", "expectation": "e", "column": None, "severity": "warning", "success": n > 1,
     "unexpected_count": 0, "unexpected_keys": ["secret"], "reason": "r"} for n in range(checks)]}
    for step, checks in (("staging", 31), ("marts", 24))]
LOADS = [{"load_id": f"{n:020x}", "feed": "ska", "agency": agency, "file_name": f"ska-{n}.csv",
          "sha256": f"{n:064x}", "contract_version": "1.0.0", "rows_accepted": 600 + n}
         for n, agency in enumerate(["ipska-jabar"] * 5 + ["bea-cukai"])]


def ranking_rows(basis: str, through: str, *, synthetic: bool, months: int | None = None) -> list[tuple]:
    """The rows of one ranking: 23 ranked by a growth that falls, ties at 5, the rest with their reason."""
    rows, ranked = [], [code for code in sorted(CITIES, key=lambda c: hash_of(basis + c)) if code not in UNRANKED]
    growths = [Decimal(f"{341 - 23 * i}.{(i * 7) % 10}{i % 10}") / Decimal(5) for i in range(len(ranked))]
    growths = [g.quantize(Decimal("0.01")) for g in growths]
    growths[5] = growths[4]
    places = [sorted(growths, reverse=True).index(g) + 1 for g in growths]
    month_count = months or int(through[5:7])
    for code, name in CITIES.items():
        head = ("headline", basis, synthetic, "32", int(through[:4]), f"{through}-01", code)
        tail = (month_count, len(ranked), len(CITIES))
        flags = (["data_buatan"] if synthetic else []) + (["months_left_out"] if months else [])
        if code in UNRANKED:
            reason = UNRANKED[code]
            base = {"below_floor": Decimal("45000.10"), "few_exporters": Decimal("812345.67")}.get(reason, Decimal(0))
            now = Decimal(0) if reason == "no_exports" else base + Decimal("250000.45")
            growth = (100 * (now - base) / base).quantize(Decimal("0.01")) if base else None
            rows.append((*head, None, name, base, now, now - base, growth, 2 if now else 0, *tail,
                         ",".join(flags), reason))
            continue
        i = ranked.index(code)
        base = Decimal("123456789.01") * (27 - i) / 4
        base = base.quantize(Decimal("0.01"))
        change = (base * growths[i] / 100).quantize(Decimal("0.01"))
        tie = ["tie"] if growths.count(growths[i]) > 1 else []
        rows.append((*head, places[i], name, base, base + change, change, growths[i], 3 + 11 * i, *tail,
                     ",".join(tie + flags) or None, None))
    return rows


def hash_of(text: str) -> int:
    """An order that is not the codes' own and the same in each run."""
    return sum(ord(c) * 31 ** i for i, c in enumerate(text)) % 1009


def make_release(root: Path, rows: list[tuple], second: int = 0, more: dict | None = None):
    """Publish a release of these ranking rows in the home `root`; `more` are columns that all rows have alike."""
    home = Home(root).make()
    home.build_database.unlink(missing_ok=True)
    with duckdb.connect(home.build_database) as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA seeds")
        con.execute(
            "CREATE TABLE marts.mart_city_ranking (rule_name VARCHAR, basis VARCHAR, is_synthetic BOOLEAN, "
            "province_code VARCHAR, year INTEGER, through_month DATE, region_code VARCHAR, rank INTEGER, "
            "region_name VARCHAR, base_usd DECIMAL(18,2), current_usd DECIMAL(18,2), change_usd DECIMAL(18,2), "
            "growth_pct DECIMAL(18,2), exporters BIGINT, months_compared INTEGER, cities_ranked INTEGER, "
            "cities_total INTEGER, flags VARCHAR, unranked_reason VARCHAR)")
        con.executemany(f"INSERT INTO marts.mart_city_ranking VALUES ({', '.join('?' * 19)})", rows)
        if more:
            con.execute("CREATE OR REPLACE TABLE marts.mart_city_ranking AS SELECT *, "
                        + ", ".join(f"${name} AS {name}" for name in more) + " FROM marts.mart_city_ranking", more)
        con.execute("CREATE TABLE marts.dim_region (region_code VARCHAR, region_name VARCHAR)")
        con.executemany("INSERT INTO marts.dim_region VALUES (?, ?)", [("32", "Jawa Barat"), *CITIES.items()])
        con.execute(
            "CREATE TABLE seeds.ranking_rules (rule_name VARCHAR, rule_version INTEGER, valid_from DATE, "
            "basis VARCHAR, place VARCHAR, date_field VARCHAR, rate_source VARCHAR, floor_usd DECIMAL(18,2), "
            "minimum_exporters INTEGER, is_headline BOOLEAN, description_id VARCHAR)")
        con.executemany(f"INSERT INTO seeds.ranking_rules VALUES ({', '.join('?' * 11)})", RULES)
    manifest = root / "dbt_manifest.json"
    manifest.write_text(json.dumps(MANIFEST))
    return publish(home, "run-1", pinned=LOADS, gates=GATES, code_version="0.1.0+abc", dbt_manifest=manifest,
                   run_time=datetime(2024, 10, 5, 3, 4, second, tzinfo=UTC))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    """A release with made-up rows only, both bases, two windows of SKA."""
    rows = [*ranking_rows("peb", "2024-09", synthetic=True), *ranking_rows("ska", "2024-09", synthetic=True),
            *ranking_rows("ska", "2024-06", synthetic=True, months=5)]
    return make_release(tmp_path_factory.mktemp("made_up"), rows)


@pytest.fixture(scope="session")
def mixed(tmp_path_factory):
    """A release where SKA has real rows to June and made-up ones to September, and PEB has none."""
    rows = [*ranking_rows("ska", "2024-06", synthetic=False), *ranking_rows("ska", "2024-09", synthetic=True)]
    return make_release(tmp_path_factory.mktemp("mixed"), rows)


@pytest.fixture(name="make_release")
def make_release_fixture():
    return make_release


@pytest.fixture(name="ranking_rows")
def ranking_rows_fixture():
    return ranking_rows
