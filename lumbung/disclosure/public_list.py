"""A list as the public sees it, and its place in the public tables: written from decisions, read back by the attack."""

import csv
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from lumbung.lake.durable import sync_file

WITHHELD = "angka tidak dapat diterbitkan atau tidak memenuhi syarat peringkat"
KEPT = "belum direvisi"
LIST_COLUMNS = {"basis": "VARCHAR", "is_synthetic": "BOOLEAN", "province_code": "VARCHAR", "year": "INTEGER",
                "through_month": "DATE"}
AREA_COLUMNS = {**LIST_COLUMNS, "rank": "INTEGER", "region_code": "VARCHAR", "region_name": "VARCHAR",
                "base_usd": "BIGINT", "current_usd": "BIGINT", "change_usd": "BIGINT", "growth_pct": "DECIMAL(24, 1)",
                "share_pct": "DECIMAL(24, 1)", "exporters": "INTEGER", "other_rules": "VARCHAR",
                "few_shipments": "VARCHAR", "status": "VARCHAR", "revision": "VARCHAR", "data_kind": "VARCHAR"}
TOTAL_COLUMNS = {**LIST_COLUMNS, "province_name": "VARCHAR", "title": "VARCHAR", "rule_name": "VARCHAR",
                 "rule_version": "INTEGER", "rule": "VARCHAR", "months_used": "VARCHAR", "cities_ranked": "INTEGER",
                 "cities_total": "INTEGER", "base_usd": "BIGINT", "current_usd": "BIGINT", "change_usd": "BIGINT",
                 "growth_pct": "DECIMAL(24, 1)", "status": "VARCHAR", "revision": "VARCHAR", "data_kind": "VARCHAR"}
UNRANKED_COLUMNS = {**LIST_COLUMNS, "region_code": "VARCHAR", "region_name": "VARCHAR", "reason": "VARCHAR",
                    "data_kind": "VARCHAR"}
TABLES = {"ranking": AREA_COLUMNS, "unranked": UNRANKED_COLUMNS, "totals": TOTAL_COLUMNS}
ORDER = {"ranking": ("rank", "region_code"), "unranked": ("region_name", "region_code"), "totals": ()}


@dataclass
class PublicList:
    """The rows of one list in each public table: a total, the ranked cities, and those without a rank."""

    total: dict
    ranking: list[dict] = field(default_factory=list)
    unranked: list[dict] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, bool, str]:
        return (self.total["basis"], self.total["is_synthetic"], self.total["province_code"])

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(filter(None, self.total["months_used"].split(",")))

    @property
    def window(self) -> tuple:
        """As of CityList: what two lists must share for a figure to be kept."""
        return (self.total["rule_name"], self.total["rule_version"], self.months)

    @property
    def fresh_total(self) -> bool:
        """Whether the total is of this release's own figures."""
        return self.total["base_usd"] is not None and not self.total["revision"]

    def row(self, region_code: str) -> dict | None:
        """The ranked row of a city."""
        return next((row for row in self.ranking if row["region_code"] == region_code), None)

    @property
    def fresh(self) -> frozenset[str]:
        """The cities of which it shows this release's own figures."""
        return frozenset(row["region_code"] for row in self.ranking
                         if row["base_usd"] is not None and not row["revision"])

    def is_fresh(self, region_code: str) -> bool:
        """Whether it shows this release's own figures of a city."""
        row = self.row(region_code)
        return row is not None and row["base_usd"] is not None and not row["revision"]


def write_tables(folder: Path, lists: list[PublicList]) -> None:
    """Write ranking, unranked and totals as Parquet and CSV: the same rows give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = sorted(lists, key=lambda one: one.key)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        for table, kinds in TABLES.items():
            rows = [row for one in lists for row in _rows(one, table)]
            connection.execute(f"CREATE TABLE {table} ({', '.join(f'{c} {k}' for c, k in kinds.items())})")
            if rows:
                one = f"({', '.join('?' * len(kinds))})"
                connection.execute(f"INSERT INTO {table} VALUES {', '.join([one] * len(rows))}",
                                   [row[column] for row in rows for column in kinds])
            parquet = folder / f"{table}.parquet"
            connection.table(table).write_parquet(str(parquet), compression="zstd")
            sync_file(parquet)
            _write_csv(folder / f"{table}.csv", list(kinds), rows)


def read_tables(folder: Path) -> dict[tuple, PublicList]:
    """The lists in a public folder, by basis, whether made up, and province."""
    rows = {}
    with duckdb.connect() as connection:
        for table in TABLES:
            result = connection.read_parquet(str(folder / f"{table}.parquet"))
            rows[table] = [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]
    lists = {}
    for total in rows["totals"]:
        one = PublicList(total)
        lists[one.key] = one
    for table in ("ranking", "unranked"):
        for row in rows[table]:
            getattr(lists[(row["basis"], row["is_synthetic"], row["province_code"])], table).append(row)
    return lists


def _rows(one: PublicList, table: str) -> list[dict]:
    rows = [one.total] if table == "totals" else getattr(one, table)
    return sorted(rows, key=lambda row: [row[column] for column in ORDER[table]])


def _write_csv(path: Path, names: list[str], rows: list[dict]) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(row[name]) for name in names] for row in rows)
    sync_file(path)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)
