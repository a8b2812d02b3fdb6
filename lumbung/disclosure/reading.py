"""Reads from a release what is to be published: its last list of each province, with who contributes to each city."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import duckdb

from lumbung.disclosure.cells import DECOMPOSITIONS, Cell
from lumbung.errors import LumbungError

Key = tuple[str, bool, str]


class Release(Protocol):
    """What disclosure control needs of a release."""

    id: str
    path: Path
    manifest: dict

    def connect(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True)
class City:
    """A city in a list, as the internal mart has it. Amounts are whole cents."""

    region_code: str
    region_name: str
    is_ranked: bool
    base: int
    current: int
    growth_pct: Decimal | None
    exporters: int
    ranks_elsewhere: dict[str, int | None]


@dataclass(frozen=True)
class CityList:
    """The list of a basis and province that is published: the headline rule, the last window of the last year.

    `cells` has the contributions of each city and, under the province's own code, of rows without a city.
    """

    basis: str
    is_synthetic: bool
    province_code: str
    province_name: str
    rule_name: str
    rule_version: int
    year: int
    through: date
    current_months: tuple[str, ...]
    is_final: bool
    cities: dict[str, City]
    cells: dict[str, Cell]

    @property
    def key(self) -> Key:
        return (self.basis, self.is_synthetic, self.province_code)

    @property
    def window(self) -> tuple:
        """What two lists must have in common for a city to keep its earlier figure."""
        return (self.rule_name, self.rule_version, self.current_months)

    def cell(self, code: str) -> Cell:
        return self.cells.get(code, Cell())

    @property
    def areas(self) -> list[str]:
        """All that the total of the province is the sum of: its cities and what names none."""
        return [*sorted(self.cities), self.province_code]


def months_before(months: tuple[str, ...]) -> tuple[str, ...]:
    """The same months, a year earlier: '2024-03' → '2023-03'."""
    return tuple(f"{int(month[:4]) - 1}{month[4:]}" for month in months)


def lists_to_publish(release: Release) -> dict[Key, CityList]:
    """The lists of a release by basis, whether made up, and province; none where it has no mart of contributions.

    Raises LumbungError when contributions and the ranking do not tell of the same dollars.
    """
    with release.connect() as connection:
        tables = {name for (name,) in connection.execute("SELECT DISTINCT table_name FROM duckdb_tables()").fetchall()}
        if not {"mart_growth_contribution", "mart_city_ranking"} <= tables:
            return {}
        connection.execute(
            "CREATE TEMP TABLE last_list AS SELECT DISTINCT rule_name, rule_version, basis, is_synthetic, "
            "province_code, year, through_month FROM mart_growth_contribution "
            "QUALIFY year = max(year) OVER (PARTITION BY basis, is_synthetic, province_code)")
        names = dict(connection.execute("SELECT region_code, any_value(region_name) FROM dim_region "
                                        "WHERE region_code IN (SELECT province_code FROM last_list) GROUP BY 1"
                                        ).fetchall())
        contributions = _contributions(connection)
        found: dict[Key, CityList] = {}
        for row in _rows(connection):
            key = (row["basis"], row["is_synthetic"], row["province_code"])
            if key not in found:
                found[key] = CityList(
                    *key, names.get(key[2]) or f"provinsi {key[2]}", row["rule_name"], row["rule_version"], row["year"],
                    row["through_month"], tuple(filter(None, row["months_used"].split(","))), row["is_final"],
                    {}, contributions.get(key, {}))
            found[key].cities[row["region_code"]] = _city(row)
    for one in found.values():
        _require_same_dollars(one)
    return found


def _rows(connection: duckdb.DuckDBPyConnection) -> list[dict]:
    result = connection.execute(
        "SELECT * FROM mart_city_ranking SEMI JOIN last_list USING "
        "(rule_name, rule_version, basis, is_synthetic, province_code, year, through_month) "
        "ORDER BY basis, is_synthetic, province_code, region_code")
    names = [column[0] for column in result.description]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _city(row: dict) -> City:
    pairs = [pair.rpartition(":")[::2] for pair in (row["ranks_elsewhere"] or "").split(",") if pair]
    return City(row["region_code"], row["region_name"], row["rank"] is not None, _cents(row["base_usd"]),
                _cents(row["current_usd"]), row["growth_pct"], row["exporters"],
                {rule: int(rank) if rank.isdecimal() else None for rule, rank in pairs})


def _contributions(connection: duckdb.DuckDBPyConnection) -> dict[Key, dict[str, Cell]]:
    rows = connection.execute(
        "SELECT basis, is_synthetic, province_code, region_code, decomposition, member_key, "
        "CAST(base_usd * 100 AS BIGINT), CAST(current_usd * 100 AS BIGINT) FROM mart_growth_contribution SEMI JOIN "
        "last_list USING (rule_name, rule_version, basis, is_synthetic, province_code, year, through_month) "
        f"WHERE decomposition IN {DECOMPOSITIONS} ORDER BY ALL").fetchall()
    found: dict[Key, dict[str, Cell]] = {}
    for basis, is_synthetic, province, region, decomposition, member, base, current in rows:
        cell = found.setdefault((basis, is_synthetic, province), {}).setdefault(region, Cell({}, {}))
        for side, cents in ((cell.base, base), (cell.current, current)):
            if cents:
                side.setdefault(decomposition, {})[member] = cents
    return found


def _require_same_dollars(one: CityList) -> None:
    for code, city in one.cities.items():
        for measure, cents in (("base", city.base), ("current", city.current)):
            for decomposition in DECOMPOSITIONS:
                if sum(one.cell(code).amounts(measure, decomposition).values()) != cents:
                    raise LumbungError(
                        f"The {measure} of {code} is not the sum of its contributions by {decomposition}, so nothing "
                        "can be said on whom it gives away.", where=f"{one.basis}, {one.province_code}, {one.through}",
                        todo="Mend mart_growth_contribution; nothing is published until then.")


def _cents(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)).scaleb(2))
