"""One list of `mart_city_ranking` as a release stores it: its cities, its rule, the months of its two windows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from lumbung.diff.releases import Release, table, text
from lumbung.errors import LumbungError, UsageError
from lumbung.months import last_month, listed_months

BASES = ("peb", "ska")
PLACES = {"peb": ("declared_origin", "exporter"), "ska": ("exporter",)}


@dataclass(frozen=True)
class Asked:
    """Which list: `through` is its last month, "2024-09", or None for the last one there is."""

    basis: str
    province: str
    year: int
    through: str | None = None
    rule: str = "headline"


@dataclass(frozen=True)
class CityRow:
    """A city as a list stores it. Money is dollars with cents."""

    region_code: str
    region_name: str
    rank: int | None
    base_usd: Decimal
    current_usd: Decimal
    growth_pct: Decimal | None
    unranked_reason: str | None


@dataclass(frozen=True)
class StoredList:
    """A list of one release. `months` are the first days of the current window's months, `rule` a dict of the seed."""

    release_id: str
    is_synthetic: bool
    through: date
    rule: dict
    months: tuple[date, ...]
    cities: dict[str, CityRow]

    @property
    def base_months(self) -> tuple[date, ...]:
        return tuple(month.replace(year=month.year - 1) for month in self.months)


def stored_list(connection: duckdb.DuckDBPyConnection, release: Release, asked: Asked,
                is_synthetic: bool | None = None) -> StoredList:
    """Read a list. Of real and made-up figures the real ones, where there are any and `is_synthetic` does not say.

    Raises UsageError for what can't be asked, LumbungError where the release has no such list.
    """
    if asked.basis not in BASES:
        raise UsageError(f"There is no basis {asked.basis!r}.", todo=f"Use one of: {', '.join(BASES)}.")
    month = last_month(asked.through, asked.year)
    mart = table(release, "mart_city_ranking")
    found = connection.execute(f"""
        SELECT * FROM {mart}
        WHERE rule_name = ? AND basis = ? AND province_code = ? AND year = ? AND (? IS NULL OR through_month = ?)
        AND (? IS NULL OR is_synthetic = ?) AND is_in_force
        QUALIFY is_synthetic = min(is_synthetic) OVER ()
        AND (through_month, rule_version) = max((through_month, rule_version)) OVER (PARTITION BY is_synthetic)
        ORDER BY region_code""", [asked.rule, asked.basis, asked.province, asked.year, month, month,
                                  is_synthetic, is_synthetic])
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    if not rows:
        raise _nothing(connection, release, mart, asked)
    first = rows[0]
    rule = _rule(release, asked, first["rule_version"])
    cities = {row["region_code"]: CityRow(**{name: row[name] for name in CityRow.__dataclass_fields__})
              for row in rows}
    return StoredList(release.id, first["is_synthetic"], first["through_month"], rule,
                      listed_months(first["months_used"]), cities)


def last_year(release: Release, basis: str, province: str, rule: str = "headline") -> int:
    """The last year for which a release has such a list; raises LumbungError where it has none."""
    mart = table(release, "mart_city_ranking")
    with duckdb.connect() as connection:
        [(year,)] = connection.execute(
            f"SELECT max(year) FROM {mart} WHERE rule_name = ? AND basis = ? AND province_code = ?",
            [rule, basis, province]).fetchall()
    if year is None:
        raise LumbungError(f"Release {release.id} has no ranking of province {province} by {basis}, rule {rule}.",
                           where=str(release.path), todo="See `lumbung rank` for what there is.")
    return year


def _rule(release: Release, asked: Asked, version: int) -> dict:
    rule = next((r for r in release.manifest["rules"] if (r["rule_name"], r["basis"], r["rule_version"]) == (
        asked.rule, asked.basis, version)), None)
    if rule is None:
        raise LumbungError(f"The manifest of release {release.id} lacks version {version} of rule {asked.rule}.",
                           where=str(release.path / "manifest.json"), todo="Check the release: lumbung verify.")
    if rule["place"] not in PLACES[asked.basis]:
        raise LumbungError(
            f"Figures of {asked.basis} by {rule['place']} can't be explained yet.", where=f"rule {asked.rule}",
            todo=f"Ask for a rule by {' or '.join(PLACES[asked.basis])}.")
    return rule


def _nothing(connection: duckdb.DuckDBPyConnection, release: Release, mart: str, asked: Asked) -> LumbungError:
    there = connection.execute(
        f"SELECT DISTINCT year, through_month FROM {mart} WHERE rule_name = {text(asked.rule)} "
        f"AND basis = {text(asked.basis)} AND province_code = {text(asked.province)} ORDER BY ALL").fetchall()
    listed = ", ".join(f"{year} through {through:%Y-%m}" for year, through in there)
    until = f" through {asked.through}" if asked.through else ""
    return LumbungError(
        f"Release {release.id} has no ranking of province {asked.province}, {asked.year}{until}, by {asked.basis}, "
        f"rule {asked.rule}.", where=str(release.path),
        todo=f"Of this province and rule there is: {listed}." if listed else "See `lumbung rank` for what there is.")
