"""What a city's growth is made of: which exporters, makers, products and markets, and how much of it is quantity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from lumbung.errors import LumbungError, UsageError
from lumbung.report.contributions import contributions
from lumbung.report.explained import PLACES, facts_rate_source, is_explained, rule_of
from lumbung.report.ranking import Release
from lumbung.report.windows import fetched, months_compared, ranking_row

DECOMPOSITIONS = ("margin", "exporter", "maker", "product", "market")
COLUMNS = ("member_key", "member_name", "size_rank", "entry_kind", "base_usd", "current_usd", "change_usd", "points",
           "midpoint_growth_pct", "midpoint_weight_pct")
NAMES = {
    "exporter": """SELECT ikm_id, coalesce(
            (SELECT max(business_name) FROM dim_ikm WHERE dim_ikm.ikm_id = asked.ikm_id AND is_current),
            (SELECT min(exporter_name) FROM bridge_party_business AS b JOIN dim_exporter USING (party_key)
             WHERE b.ikm_id = asked.ikm_id)) FROM (SELECT unnest($keys) AS ikm_id) AS asked""",
    "product": "SELECT hs6_code, max(chapter_name_id) FROM dim_product WHERE hs6_code IN $keys GROUP BY hs6_code",
    "market": "SELECT country_code, country_name_id FROM dim_country WHERE country_code IN $keys",
}
NAMES["maker"] = NAMES["exporter"]


@dataclass(frozen=True)
class Explanation:
    """The growth of one city in one list, and its parts.

    `city` is the city's row of `mart_city_ranking`; `months` are the pairs (current, base) compared; `parts` has for
    each of DECOMPOSITIONS its rows (dicts of COLUMNS), largest change first. Money is dollars and cents (Decimal).
    """

    release_id: str
    city: dict
    months: list[tuple[date, date]]
    parts: dict[str, list[dict]]


def explain(release: Release, city: str, year: int, through: str | None = None, basis: str = "peb",
            rule: str = "headline") -> Explanation:
    """Divide a city's change over who and what made it, each way adding up to it to the cent.

    Raises UsageError for a rule that counts by another place, measure or rate than the facts do, LumbungError where
    the release has no such row, or its facts do not add up to it.
    """
    with release.connect() as connection:
        row = ranking_row(release, connection, city, year, through, basis, rule)
        _require_explained(release, row)
        months = months_compared(connection, row)
        found = contributions(connection, row, months) if months else []
        parts = {name: [part for part in found if part["decomposition"] == name] for name in DECOMPOSITIONS}
        _require_whole(release, row, parts)
        named = {name: _names(connection, name, rows) for name, rows in parts.items()}
    return Explanation(release.id, row, months, {
        name: [{**part, "member_name": named[name].get(part["member_key"]) or part["member_key"]} for part in rows]
        for name, rows in parts.items()})


def as_rows(found: Explanation) -> dict:
    """The explanation as data: the city's figures and, by decomposition, rows of COLUMNS."""
    city = {name: found.city[name] for name in (
        "rule_name", "rule_version", "basis", "is_synthetic", "province_code", "region_code", "region_name", "year",
        "through_month", "rank", "base_usd", "current_usd", "change_usd", "growth_pct", "unranked_reason")}
    return {"release_id": found.release_id, **city, "months_used": [f"{month:%Y-%m}" for month, _ in found.months],
            "decompositions": {name: [{column: part[column] for column in COLUMNS} for part in rows]
                               for name, rows in found.parts.items()}}


def _require_explained(release: Release, row: dict) -> None:
    rules = release.manifest["rules"]
    rule = rule_of(rules, row)
    if not is_explained(rules, rule):
        raise UsageError(
            f"The rule {row['rule_name']} counts {rule['measure']} by {rule['place']} at the rates of "
            f"{rule['rate_source']}; explained are dollars by {PLACES[row['basis']]} at the rates of the facts, "
            f"{facts_rate_source(rules, row['basis'])}.", todo="Ask for the rule headline.")


def _require_whole(release: Release, row: dict, parts: dict[str, list[dict]]) -> None:
    for name, rows in parts.items():
        sums = tuple(sum((part[column] for part in rows), Decimal(0)) for column in ("base_usd", "current_usd"))
        if sums != (row["base_usd"], row["current_usd"]):
            raise LumbungError(
                f"By {name}, the facts of {row['region_code']} add up to {sums[0]} and {sums[1]} dollars, and the "
                f"ranking has {row['base_usd']} and {row['current_usd']}.", where=str(release.path),
                todo="Check the release with `lumbung verify`; where it is whole, this is an error of Lumbung.")


def _names(connection: duckdb.DuckDBPyConnection, decomposition: str, rows: list[dict]) -> dict[str, str]:
    if decomposition not in NAMES or not rows:
        return {}
    found = fetched(connection, NAMES[decomposition], {"keys": [row["member_key"] for row in rows]})
    return {key: name for key, name in (row.values() for row in found) if name}
