"""A province whose contributions a test writes by hand, published as releases through the public way in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import duckdb

from lumbung.disclosure import control, settings
from lumbung.disclosure.choosing import DEFENCES
from lumbung.disclosure.tree import PublicTree
from lumbung.lake.home import Home
from lumbung.publish import mark_published, publish, release

RANKING = """
    rule_name VARCHAR, rule_version INTEGER, is_in_force BOOLEAN, basis VARCHAR, is_synthetic BOOLEAN,
    province_code VARCHAR, year INTEGER, through_month DATE, region_code VARCHAR, region_name VARCHAR, rank INTEGER,
    base_usd DECIMAL(24,2), current_usd DECIMAL(24,2), growth_pct DECIMAL(24,6), exporters INTEGER,
    months_used VARCHAR, is_final BOOLEAN, ranks_elsewhere VARCHAR, rank_without_largest INTEGER"""
CONTRIBUTION = """
    rule_name VARCHAR, rule_version INTEGER, basis VARCHAR, is_synthetic BOOLEAN, province_code VARCHAR, year INTEGER,
    through_month DATE, region_code VARCHAR, decomposition VARCHAR, member_key VARCHAR, base_usd DECIMAL(24,2),
    current_usd DECIMAL(24,2), is_largest_exporter BOOLEAN"""
FLOOR = 100_000
GRAINS = {
    "mart_city_ranking": ["basis", "is_synthetic", "province_code", "region_code"],
    "mart_growth_contribution": ["basis", "is_synthetic", "province_code", "region_code", "decomposition",
                                 "member_key"],
    "dim_region": ["region_code"], "bridge_party_business": ["party_key"]}

# Whole dollars of each business: (base, current).
City = Mapping[str, tuple[int, int]]


@dataclass
class Province:
    """`cities` by code, the province's own code being what names no city; `makers` where they are not the exporters."""

    cities: dict[str, City]
    makers: dict[str, City] = field(default_factory=dict)
    through: int = 9
    year: int = 2024
    basis: str = "ska"
    code: str = "32"
    is_synthetic: bool = False
    elsewhere: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> list:
        return ["headline", 1, self.basis, self.is_synthetic, self.code, self.year, date(self.year, self.through, 1)]

    def contributions(self) -> list[list]:
        return [[*self.keys, code, kind, who, base, current, kind == "exporter" and who == self.largest(code)]
                for kind, others in (("exporter", {}), ("maker", self.makers))
                for code, city in self.cities.items() for who, (base, current) in others.get(code, city).items()]

    def largest(self, code: str) -> str:
        """Who sells most of a city."""
        city = self.cities[code]
        return max(sorted(city), key=lambda who: city[who][::-1], default="")

    def without_largest(self, code: str, growths: Mapping[str, Fraction | None]) -> int | None:
        """The rank of a city without it: none below the floor."""
        left = [pair for who, pair in self.cities[code].items() if who != self.largest(code)]
        base, current = (sum(pair[i] for pair in left) for i in (0, 1))
        if growths[code] is None or base < FLOOR:
            return None
        others = (growth for other, growth in growths.items() if other != code and growth is not None)
        return 1 + sum(growth > Fraction(current - base, base) for growth in others)

    def ranking(self) -> list[list]:
        months = ",".join(f"{self.year}-{month:02d}" for month in range(1, self.through + 1))
        rows, growths = [], {}
        for code, city in self.cities.items():
            if code != self.code:
                base, current = (sum(pair[i] for pair in city.values()) for i in (0, 1))
                growths[code] = Fraction(current - base, base) if base >= FLOOR else None
                rows.append([code, base, current, sum(c > 0 for _, c in city.values())])
        ranked = sorted((g for g in growths.values() if g is not None), reverse=True)
        return [["headline", 1, True, self.basis, self.is_synthetic, self.code, self.year,
                 date(self.year, self.through, 1), code, f"Kota {code}",
                 None if growths[code] is None else ranked.index(growths[code]) + 1, base, current,
                 None if growths[code] is None else float(growths[code]) * 100, exporters, months, False,
                 self.elsewhere.get(code, ""), self.without_largest(code, growths)]
                for code, base, current, exporters in rows]


class Office:
    """Publishes provinces, one release after another."""

    def __init__(self, folder: Path):
        self.home = Home(folder / "home").make()
        self.dbt_manifest = folder / "manifest.json"
        self.dbt_manifest.write_text(json.dumps({"nodes": {f"model.lumbung.{name}": {
            "resource_type": "model", "name": name, "alias": name, "schema": "marts", "config": {"meta": {
                "grain": grain}}} for name, grain in GRAINS.items()}}))
        self.number = 0
        self.key: dict | None = None        # what the manifest says of the key of pseudonyms

    def fill(self, *provinces: Province, merged: Mapping[str, str] | None = None) -> None:
        """Put provinces into the build database; `merged` are parties that are another business by now."""
        with duckdb.connect(self.home.build_database) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS marts; CREATE SCHEMA IF NOT EXISTS seeds")
            connection.execute(
                "CREATE OR REPLACE TABLE seeds.ranking_rules AS SELECT 'headline' AS rule_name, 1 AS rule_version, "
                "DATE '2020-01-01' AS valid_from, basis, place, 'fob_usd' AS measure, 'ecb' AS rate_source, "
                "true AS is_headline, 'Aturan kantor' AS description_id "
                "FROM (VALUES ('peb', 'declared_origin'), ('ska', 'exporter')) AS t (basis, place)")
            for name, columns in (("mart_city_ranking", RANKING), ("mart_growth_contribution", CONTRIBUTION),
                                  ("dim_region", "region_code VARCHAR, region_name VARCHAR"),
                                  ("bridge_party_business", "party_key VARCHAR, ikm_id VARCHAR")):
                connection.execute(f"CREATE OR REPLACE TABLE marts.{name} ({columns})")
            parties: set[str] = set()
            for one in provinces:
                _insert(connection, "mart_city_ranking", one.ranking())
                _insert(connection, "mart_growth_contribution", one.contributions())
                _insert(connection, "dim_region", [[one.code, f"Provinsi {one.code}"]])
                parties |= {who for cities in (one.cities, one.makers) for city in cities.values() for who in city}
            parties |= set(merged or {})
            _insert(connection, "bridge_party_business", [[p, (merged or {}).get(p, p)] for p in sorted(parties)])

    def publish(self, *provinces: Province, merged: Mapping[str, str] | None = None,
                marked: bool = False, defences: frozenset[str] = DEFENCES, tree: PublicTree | None = None):
        """A release of these provinces; `marked` gives it to the public. None where nothing is new."""
        self.fill(*provinces, merged=merged)
        self.number += 1
        made = publish(
            self.home, f"run-{self.number}", pinned=[], gates=[], code_version="1", dbt_manifest=self.dbt_manifest,
            run_time=datetime(2024, 10, 1, 0, self.number, tzinfo=UTC),
            stated={"key": self.key} if self.key else None,
            public=tree or _Weakened(PublicTree.of(self.home), defences))
        if marked and made:
            mark_published(self.home, made.id, "test")
        return made

    def release(self, release_id: str):
        return release(self.home, release_id)


@dataclass
class _Weakened:
    """The public tree with some defences switched off."""

    tree: PublicTree
    defences: frozenset[str]

    @property
    def standing(self) -> dict:
        return self.tree.standing

    def write(self, made) -> dict:
        if self.defences == DEFENCES:
            return self.tree.write(made)
        earlier = [release(self.tree.home, one) for one in self.tree.earlier]
        control(made, earlier, settings(self.tree.home), made.path / "public", defences=self.defences)
        return self.standing


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list]) -> None:
    if rows:
        one = f"({', '.join('?' * len(rows[0]))})"
        connection.execute(f"INSERT INTO marts.{table} VALUES {', '.join([one] * len(rows))}",
                           [value for row in rows for value in row])
