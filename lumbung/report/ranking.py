"""Reads a ranking from a release: which city's exports grew most, and which cities can't be ranked and why."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import duckdb

from lumbung.errors import LumbungError, UsageError
from lumbung.months import last_month
from lumbung.report import words

BASES = ("peb", "ska")
KEYS = ("rank", "region_code", "region_name", "base_usd", "current_usd", "growth_pct", "change_usd",
        "exporters", "flags")


class Release(Protocol):
    """What a report needs of a release."""

    id: str
    path: Path
    manifest: dict

    def connect(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True)
class Ranking:
    """One ranking of the cities of a province: a window up to `through` against the same months of the year before.

    `rows` are dicts of KEYS, what growth is of (`base_amount`, `current_amount`) and growth before it is rounded
    (`exact_growth_pct`, a Fraction), ranked ones first by rank, then the others by code with `rank` None and the
    reason among the flags. Money is dollars and cents (Decimal), growth is per cent. `months_left_out` ("2024-02") are
    in neither window. `cut_off` is the last whole month that has rows, None where there is none; it and `is_final` are
    None in a release from before they were told.
    """

    release_id: str
    rule: dict
    basis: str
    is_synthetic: bool
    province_code: str
    province_name: str
    through: date
    months_compared: int
    cities_ranked: int
    cities_total: int
    rows: list[dict]
    window_kind: str = "year_to_date"
    measure: str = "fob_usd"
    months_left_out: tuple[str, ...] = ()
    cut_off: date | None = None
    is_final: bool | None = None

    @property
    def months_in_window(self) -> int:
        return self.through.month if self.window_kind == "year_to_date" else 12

    def window(self, years_back: int = 0) -> str:
        """The months of the window, of this year or of one before, in words."""
        return words.window(self.through, self.window_kind, years_back)

    @property
    def ranked(self) -> list[dict]:
        return [row for row in self.rows if row["rank"] is not None]

    @property
    def unranked(self) -> list[dict]:
        return [row for row in self.rows if row["rank"] is None]

    @property
    def title(self) -> str:
        """The title that is printed over the ranking, in Indonesian."""
        made_up = f"{words.MADE_UP} · " if self.is_synthetic else ""
        return (f"{made_up}Pertumbuhan ekspor kota/kabupaten {self.province_name}, {self.window()} "
                f"terhadap {self.window(1)} · {words.BASIS[self.basis]} · "
                f"tertinggi di antara {self.cities_ranked} dari {self.cities_total}")


def rank(release: Release, province: str, year: int, through: str | None = None, basis: str = "peb",
         rule: str = "headline") -> Ranking:
    """The ranking of a province's cities for a year; `through` ("2024-09") is else the last month there is.

    Figures from real documents are taken where there are any, made-up ones only where there is nothing else. Of a
    rule's versions the one in force for the window is taken.
    Raises UsageError for a basis or month that can't be, LumbungError listing what exists otherwise.
    """
    if basis not in BASES:
        raise UsageError(f"There is no basis {basis!r}.", todo=f"Use one of: {', '.join(BASES)}.")
    month = last_month(through, year)
    with release.connect() as connection:
        in_force = "AND is_in_force " if "is_in_force" in _columns(connection) else ""
        connection.execute(
            f"CREATE TEMP VIEW asked AS SELECT * FROM mart_city_ranking WHERE rule_name = {_text(rule)} {in_force}"
            f"AND basis = {_text(basis)} AND province_code = {_text(province)} AND year = {year:d}")
        found = connection.execute(
            "SELECT is_synthetic, max(through_month) FILTER ($month IS NULL OR through_month = $month) FROM asked "
            "GROUP BY is_synthetic ORDER BY is_synthetic LIMIT 1", {"month": month}).fetchone()
        if not found or found[1] is None:
            raise _nothing(release, connection, province, year, through, basis, rule)
        is_synthetic, last = found
        result = connection.execute(
            "SELECT * FROM asked WHERE is_synthetic = ? AND through_month = ? "
            "ORDER BY rank NULLS LAST, region_code", [is_synthetic, last])
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, values, strict=True)) for values in result.fetchall()]
        first = rows[0]
        return Ranking(
            release.id, _rule(release, rule, basis, first.get("rule_version")), basis, is_synthetic, province,
            province_name(connection, province), last, first["months_compared"], first["cities_ranked"],
            first["cities_total"], [_row(row) for row in rows], first.get("window_kind", "year_to_date"),
            first.get("measure", "fob_usd"), tuple(filter(None, (first.get("months_left_out") or "").split(","))),
            first.get("cut_off_month"), first.get("is_final"))


def as_json(ranking: Ranking) -> str:
    """The rows as a JSON list. Amounts are JSON numbers with every digit they have in the release."""
    lines = [", ".join(f"{json.dumps(key)}: {_json(row[key])}" for key in KEYS) for row in ranking.rows]
    return "[" + ",".join(f"\n  {{{line}}}" for line in lines) + "\n]"


def available(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """What can be asked of a release: (rule_name, basis, province_code, year, last through_month), sorted."""
    return connection.execute(
        "SELECT rule_name, basis, province_code, year, max(through_month) FROM mart_city_ranking "
        "GROUP BY ALL ORDER BY ALL").fetchall()


def province_name(connection: duckdb.DuckDBPyConnection, code: str) -> str:
    """The name of a province as `dim_region` has it; else "provinsi" and the code."""
    found = connection.execute("SELECT max(region_name) FROM dim_region WHERE region_code = ?", [code]).fetchone()
    return found[0] or f"provinsi {code}"


def _row(row: dict) -> dict:
    flags = [flag.strip() for flag in (row["flags"] or "").split(",") if flag.strip()]
    extra = [row["unranked_reason"] if row["rank"] is None else None, "data_buatan" if row["is_synthetic"] else None]
    flags += [flag for flag in extra if flag and flag not in flags]
    amounts = {name: row.get(name, row[name.replace("amount", "usd")]) for name in ("base_amount", "current_amount")}
    return {**{key: row[key] for key in KEYS}, **amounts, "exact_growth_pct": _growth(*amounts.values()),
            "flags": flags}


def _growth(base: Decimal, current: Decimal) -> Fraction | None:
    return (Fraction(current) - Fraction(base)) / Fraction(base) * 100 if base else None


def _columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute("DESCRIBE mart_city_ranking").fetchall()}


def _rule(release: Release, rule: str, basis: str, version: int | None) -> dict:
    known = [r for r in release.manifest.get("rules", []) if (r["rule_name"], r["basis"]) == (rule, basis)
             and version in (None, r["rule_version"])]
    return max(known, key=lambda r: r["rule_version"], default={"rule_name": rule, "basis": basis})


def _nothing(release: Release, connection: duckdb.DuckDBPyConnection, province: str, year: int,
             through: str | None, basis: str, rule: str) -> LumbungError:
    there = available(connection)
    near = [row for row in there if row[:3] == (rule, basis, province)] or [
        row for row in there if row[0] == rule] or there
    listed = "; ".join(f"province {row[2]}, {row[3]} through {row[4]:%Y-%m}, {row[1]}"
                       + (f", rule {row[0]}" if row[0] != rule else "") for row in near)
    until = f" through {through}" if through else ""
    return LumbungError(
        f"Release {release.id} has no ranking of province {province}, {year}{until}, by {basis}, rule {rule}.",
        where=str(release.path), todo=f"There is: {listed}." if listed else "Load export declarations first.")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _json(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
