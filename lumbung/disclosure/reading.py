"""Reads from a release what is to be published: its last list of each province, with who contributes to each city."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from lumbung.disclosure.cells import DECOMPOSITIONS, Cell
from lumbung.disclosure.last_lists import Key, Release, make_last_lists
from lumbung.errors import LumbungError


@dataclass(frozen=True)
class City:
    """A city in a list, as the internal marts have it. Amounts are whole cents.

    `rank_without_largest` is None where the city would not be ranked without its `largest_exporter`.
    """

    region_code: str
    region_name: str
    is_ranked: bool
    base: int
    current: int
    growth_pct: Decimal | None
    exporters: int
    ranks_elsewhere: dict[str, int | None]
    rank_without_largest: int | None
    largest_exporter: str | None


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
    """The lists of a release by basis, whether made up, and province; none where it has no mart of contributions, or
    where the rule counts what contributions are not of (see last_lists.py).

    Raises LumbungError when contributions and the ranking do not tell of the same dollars.
    """
    with release.connect() as connection:
        if not make_last_lists(release, connection):
            return {}
        names = dict(connection.execute("SELECT region_code, any_value(region_name) FROM dim_region "
                                        "WHERE region_code IN (SELECT province_code FROM last_list) GROUP BY 1"
                                        ).fetchall())
        contributions, largest = _contributions(connection), _largest_exporters(connection)
        found: dict[Key, CityList] = {}
        for row in _rows(connection):
            key = (row["basis"], row["is_synthetic"], row["province_code"])
            if key not in found:
                found[key] = CityList(
                    *key, names.get(key[2]) or f"provinsi {key[2]}", row["rule_name"], row["rule_version"], row["year"],
                    row["through_month"], tuple(filter(None, row["months_used"].split(","))), row["is_final"],
                    {}, contributions.get(key, {}))
            found[key].cities[row["region_code"]] = _city(row, largest.get((*key, row["region_code"])))
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


def _city(row: dict, largest_exporter: str | None) -> City:
    pairs = [pair.rpartition(":")[::2] for pair in (row["ranks_elsewhere"] or "").split(",") if pair]
    return City(row["region_code"], row["region_name"], row["rank"] is not None, _cents(row["base_usd"]),
                _cents(row["current_usd"]), row["growth_pct"], row["exporters"],
                {rule: int(rank) if rank.isdecimal() else None for rule, rank in pairs}, row["rank_without_largest"],
                largest_exporter)


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


def _largest_exporters(connection: duckdb.DuckDBPyConnection) -> dict[tuple, str]:
    return {tuple(key): member for *key, member in connection.execute(
        "SELECT basis, is_synthetic, province_code, region_code, member_key FROM mart_growth_contribution SEMI JOIN "
        "last_list USING (rule_name, rule_version, basis, is_synthetic, province_code, year, through_month) "
        "WHERE is_largest_exporter").fetchall()}


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
